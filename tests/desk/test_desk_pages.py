"""What each page shows of the samples' night, in both languages."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from expectations.desk.accounts import add_account, change_password
from expectations.desk.app import create_app
from expectations.desk.language import Speaker, catalogue
from expectations.desk.publication import Reader
from expectations.desk.queries.figures import marts
from expectations.desk.queries.sheet import WHOLE, WINDOW, window
from expectations.desk.web import ROOM, pages
from tests.desk.conftest import Visitor
from tests.desk.visiting import PASSWORD, csrf, finding_at, submission_of
from warehouse.database import open_published
from warehouse.places import current_link


def text_of(page: str) -> str:
    """What a reader sees, without the tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_morning_puts_what_withholds_most_figures_first(reading_desk: Visitor) -> None:
    page = text_of(reading_desk("lan").get("/").text)
    assert "đang tạm giữ" in page
    assert page.index("Hà Giang 2013") < page.index("Cao Bằng 2014") < page.index("Kon Tum 2019")
    assert "504 số liệu bị giữ" in page
    assert "55.042 → 59.042" in page


def test_a_submission_is_laid_out_as_it_was_sent(night: Path, reading_desk: Visitor) -> None:
    page = reading_desk("xem").get(f"/submission/{submission_of(night, 'Cao Bằng', 2014)}").text
    assert re.search(r'<td colspan="3"[^>]*>\s*<a[^>]*>Năm 2014', page)
    assert re.search(r'<col width="\d+">', page)


def test_the_guilty_cell_is_told_from_its_witnesses(night: Path, reading_desk: Visitor) -> None:
    page = reading_desk("xem").get(f"/submission/{submission_of(night, 'Hà Giang', 2013)}").text
    assert re.search(r'<td class="o culprit critical"><a href="[^"]*c=M17">55\.042', page)
    assert re.search(r'<td class="o witness critical"><a href="[^"]*c=N17">752\.190', page)
    assert re.search(r'<td class="o"><a href="[^"]*c=C7" tabindex="-1">27\.340</a>', page)


def test_a_clicked_cell_tells_its_meaning_and_its_sums(night: Path, reading_desk: Visitor) -> None:
    path = f"/submission/{submission_of(night, 'Hà Giang', 2013)}?s=0&c=m17"
    client = reading_desk("xem")
    part = client.get(path, headers={"HX-Request": "true"}).text
    assert "<html" not in part
    said = text_of(part)
    assert "Số người tham gia BHYT; Quang Bình; 2014; kế hoạch" in said
    assert "Năm 2014" in said
    assert re.search(r"Quang Bình 55\.042 M17 = tính ra 748\.190", said)
    assert re.search(r"Toàn tỉnh Hà Giang 752\.190 N17 lệch −4\.000", said)
    assert "58.219" in said, "the same figure a year earlier"
    assert part.strip() in client.get(path).text, "without JavaScript the page holds the same"


def test_a_sheet_longer_than_a_window_is_shown_around_what_is_looked_at() -> None:
    assert window(1, WHOLE) == (1, WHOLE)
    assert window(1, 1000) == (1, WINDOW)
    first, last = window(500, 1000)
    assert first < 500 < last
    assert last - first == WINDOW - 1
    assert window(1000, 1000) == (1000 - WINDOW + 1, 1000)


def test_a_finding_says_the_rule_what_was_expected_and_found(
    night: Path, reading_desk: Visitor
) -> None:
    page = text_of(reading_desk("lan").get(f"/finding/{finding_at(night, 'M17', 'Hà Giang')}").text)
    assert "Các huyện cộng lại bằng toàn tỉnh" in page
    assert "từ 748.184,5 đến 748.195,5" in page
    assert "752.190" in page
    assert "Chưa có quyết định nào." in page


@pytest.mark.parametrize(
    ("path", "vi", "en"),
    [
        ("/", "Việc cần làm", "To do"),
        ("/provinces", "đang tạm giữ", "quarantined"),
        ("/province/62", "Lỗi hay gặp", "Recurring slips"),
        ("/calendar?status=overdue", "quá hạn", "overdue"),
        ("/rules", "Các huyện cộng lại bằng toàn tỉnh", "Districts add up to the province"),
        ("/figures", "mỗi năm có bao nhiêu người có BHYT", "How many people had"),
        ("/figures/coverage_by_province_year", "Vẽ cột", "Plot"),
        ("/query", "Hỏi bằng SQL", "Ask with SQL"),
        ("/history", "Chưa có quyết định nào.", "No decisions yet."),
        ("/check", "Không có gì được lưu lại.", "Nothing is stored."),
        ("/accounts", "Thêm tài khoản", "Add an account"),
        ("/password", "Mật khẩu mới", "New password"),
    ],
)
def test_every_page_speaks_both_languages(
    reading_desk: Visitor, path: str, vi: str, en: str
) -> None:
    client = reading_desk("sếp")
    page = client.get(path)
    assert page.status_code == 200
    assert vi in page.text
    assert '<html lang="vi">' in page.text
    data = {"csrf": csrf(page.text), "language": "en", "next": path}
    english = client.post("/language", data=data)
    assert str(english.url).endswith(path)
    assert en in english.text
    assert '<html lang="en">' in english.text


def test_every_message_is_there_in_both_languages_and_used_somewhere() -> None:
    sources = [path.read_text("utf-8") for path in [*ROOM.rglob("*.py"), *ROOM.rglob("*.html")]]
    text = "\n".join(sources)
    for key, entry in catalogue().items():
        assert entry.keys() == {"vi", "en"}, key
        assert all(entry.values()), key
        whole = f'"{key}"' in text
        starts = [key[: at + 1] for at, sign in enumerate(key) if sign == "."]
        made = any(f'"{start}' in text for start in starts)
        assert whole or made, f"{key} is said nowhere"


def test_no_question_is_left_of_a_mart_that_is_gone(night: Path) -> None:
    with open_published(current_link(night)) as connection:
        names = {one["name"] for one in marts(Reader(connection))}
    asked = {key.removeprefix("mart.") for key in catalogue() if key.startswith("mart.")}
    assert asked <= names


def test_every_key_that_templates_say_is_in_the_catalogue() -> None:
    for name in pages().list_templates():
        text = (ROOM / "pages" / name).read_text("utf-8")
        for key in re.findall(r'say\("([a-z_.]+)"[,)]', text):
            assert key in catalogue(), f"{name}: {key}"


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [(59042, "59.042", "59,042"), (-4000, "−4.000", "−4,000"), (None, "–", "–"), (12, "12", "12")],
)
def test_figures_are_written_as_each_language_does(value: int | None, vi: str, en: str) -> None:
    assert (Speaker("vi").figure(value), Speaker("en").figure(value)) == (vi, en)


def test_what_is_not_there_is_said_plainly(reading_desk: Visitor) -> None:
    client = reading_desk("lan")
    for path in ("/submission/nothing", "/finding/nothing", "/province/00", "/figures/no", "/x"):
        page = client.get(path)
        assert page.status_code == 404, path
        assert "Không có trang này." in page.text


def test_before_the_first_night_the_desk_says_so(tmp_path: Path) -> None:
    add_account(tmp_path, "lan", "steward")
    change_password(tmp_path, "lan", PASSWORD, "")
    client = TestClient(create_app(tmp_path))
    token = csrf(client.get("/login").text)
    page = client.post("/login", data={"csrf": token, "name": "lan", "password": PASSWORD})
    assert page.status_code == 503
    assert "baophu nightly" in page.text


def test_a_question_is_answered_and_a_wrong_one_explained(reading_desk: Visitor) -> None:
    client = reading_desk("xem")
    token = csrf(client.get("/query").text)
    sql = "SELECT count(*) AS n FROM review.submission"
    assert "<td" in client.post("/query", data={"csrf": token, "sql": sql}).text
    table = client.post("/query", data={"csrf": token, "sql": sql, "as": "csv"})
    assert table.text.lstrip("\ufeff") == "n\n5\n"
    refused = client.post("/query", data={"csrf": token, "sql": "DROP TABLE main.cell"})
    assert refused.status_code == 422
    assert "SELECT" in refused.text


def test_who_has_what_is_seen_by_colleagues(desk: Visitor, home: Path) -> None:
    path = f"/submission/{submission_of(home, 'Hà Giang', 2013)}"
    lan, minh = desk("lan"), desk("minh")
    lan.post(f"{path}/take", data={"csrf": csrf(lan.get(path).text)})
    assert "lan đang làm" in text_of(minh.get("/").text)
    minh.post(f"{path}/take", data={"csrf": csrf(minh.get(path).text)})
    assert "lan đang làm" in text_of(minh.get(path).text)
    assert "Hà Giang 2013" in lan.get("/?mine=1").text
    assert "Hà Giang 2013" not in minh.get("/?mine=1").text
    lan.post(f"{path}/give-back", data={"csrf": csrf(lan.get(path).text)})
    assert "đang làm" not in text_of(minh.get("/").text)
