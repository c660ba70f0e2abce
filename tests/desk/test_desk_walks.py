"""Stewards at work in a browser: for a while, in one go, at once; strangers at the door."""

import datetime as dt
import http.server
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.desk.browsing import enter, needs_browser
from tests.desk.conftest import SAMPLES
from tests.desk.visiting import finding_at, submission_of
from tests.flows.deciding_home import drop_sample, published
from tests.flows.deciding_home import night as run_another_night
from warehouse.decision import today_in_vietnam
from warehouse.decisions import all_decisions

pytestmark = needs_browser
RECORDED = "Đã ghi quyết định."


def open_choice(page: Page, address: str, finding: str, choice: str) -> None:
    """Open a finding and one of the three ways to decide it."""
    page.goto(f"{address}/finding/{finding}")
    chosen = page.locator("details.choice", has=page.get_by_text(choice, exact=True))
    if chosen.get_attribute("open") is None:
        chosen.locator("summary").click()


def confirm(page: Page) -> None:
    """See the effect, then confirm it."""
    page.locator("details[open]").get_by_role("button", name="Xem trước kết quả").click()
    expect(page.locator("main")).to_contain_text("Chưa có gì được ghi.")
    page.get_by_role("button", name="Xác nhận").click()


def accept_until(page: Page, address: str, finding: str, day: dt.date) -> None:
    open_choice(page, address, finding, "Chấp nhận")
    page.locator("details[open]").get_by_label("Lý do").fill("Tỉnh đã giải trình")
    page.get_by_label("Có hiệu lực đến hết ngày").fill(day.isoformat())
    confirm(page)


def test_an_acceptance_shows_its_last_day_and_counts_till_then(
    browser: Browser, address: str, home: Path
) -> None:
    page, finding = enter(browser, address, "lan"), finding_at(home, "M17", "Hà Giang")
    last = today_in_vietnam() + dt.timedelta(days=30)
    accept_until(page, address, finding, last)
    expect(page.get_by_role("status")).to_contain_text(RECORDED)
    expect(page.locator(".heading .tag.accepted")).to_have_text("chấp nhận")
    expect(page.locator(".history")).to_contain_text(f"đến hết {last:%d/%m/%Y}")
    page.goto(f"{address}/history?status=active")
    expect(page.locator("tbody")).to_contain_text("Tỉnh đã giải trình")


def test_an_acceptance_whose_last_day_is_over_opens_the_finding_again(
    browser: Browser, address: str, home: Path
) -> None:
    page, finding = enter(browser, address, "lan"), finding_at(home, "M17", "Hà Giang")
    accept_until(page, address, finding, today_in_vietnam() - dt.timedelta(days=1))
    expect(page.locator(".heading .tag").last).to_have_text("chưa xử lý")
    expect(page.locator(".history .tag.expired")).to_have_text("hết hạn")


def test_findings_of_one_cause_are_decided_in_one_go(
    browser: Browser, address: str, home: Path
) -> None:
    page = enter(browser, address, "lan")
    [cause] = published(
        home,
        "SELECT submission_id, cause_id, min(finding_id) AS finding, count(*) AS findings "
        "FROM review.finding WHERE cause_id <> '' AND status = 'open' GROUP BY ALL "
        "ORDER BY findings DESC, finding LIMIT 1",
    )
    open_choice(page, address, cause["finding"], "Chấp nhận")
    page.locator("details[open]").get_by_label("Lý do").fill("Hai mẫu số khác nhau")
    label = f"Áp dụng cho cả {cause['findings']} phát hiện cùng nguyên nhân"
    page.locator("details[open]").get_by_label(label).check()
    confirm(page)
    expect(page.get_by_role("status")).to_contain_text(RECORDED)
    assert len(all_decisions(home)) == cause["findings"]
    left = published(
        home,
        "SELECT status, count(*) AS n FROM review.finding WHERE cause_id = $cause GROUP BY ALL",
        cause=cause["cause_id"],
    )
    assert [(one["status"], one["n"]) for one in left] == [("accepted", cause["findings"])]


def test_the_second_of_two_stewards_is_told_and_overwrites_nothing(
    browser: Browser, address: str, home: Path
) -> None:
    finding = finding_at(home, "M17", "Hà Giang")
    lan, minh = enter(browser, address, "lan"), enter(browser, address, "minh")
    for page in (lan, minh):
        open_choice(page, address, finding, "Chấp nhận")
        page.locator("details[open]").get_by_label("Lý do").fill("Đúng như tỉnh ghi")
        page.locator("details[open]").get_by_role("button", name="Xem trước kết quả").click()
        expect(page.locator("main")).to_contain_text("Chưa có gì được ghi.")
    lan.get_by_role("button", name="Xác nhận").click()
    expect(lan.get_by_role("status")).to_contain_text(RECORDED)
    minh.get_by_role("button", name="Xác nhận").click()
    expect(minh.get_by_role("alert")).to_contain_text("lan đã quyết định phát hiện này")
    assert [one.who for one in all_decisions(home)] == ["lan"]


def test_a_decision_lapses_in_sight_and_the_morning_tells_what_was_repaired(
    browser: Browser, address: str, home: Path
) -> None:
    """The province sends again: M17 typed anew and still wrong, M27 (never decided) right."""
    page = enter(browser, address, "lan")
    far = today_in_vietnam() + dt.timedelta(days=365)
    accept_until(page, address, finding_at(home, "M17", "Hà Giang"), far)
    expect(page.get_by_role("status")).to_contain_text(RECORDED)
    page.goto(address)
    expect(page.locator("#repaired")).to_have_count(0)
    sheet = "Phụ biểu"
    drop_sample(home, "ha-giang_*.xlsx", (sheet, "M17", "58.042"), (sheet, "M27", "3.722"))
    run_another_night(home)
    page.goto(f"{address}/history")
    expect(page.locator(".tag.lapsed")).to_have_text("mất hiệu lực vì ô đã đổi")
    expect(page.locator("tbody")).to_contain_text("«58.042»")
    page.goto(address)
    page.locator("#repaired summary").click()
    repaired = page.locator("#repaired .findings")
    expect(repaired).to_contain_text("M27 phải là 3.722")
    expect(repaired.locator(".tag.resolved").first).to_have_text("đã hết lỗi")
    page.locator("#repaired a", has_text="So với lần gửi trước").click()
    expect(page.locator("main")).to_contain_text("55.042")


def test_a_script_in_a_cell_is_shown_and_never_run(
    browser: Browser, reading_address: str, tmp_path: Path
) -> None:
    [sample] = SAMPLES.glob("*183*.xlsx")
    workbook = openpyxl.load_workbook(sample)
    sheet = workbook.worksheets[0]
    sheet["A2"] = "<script>document.title='chiếm'</script>"
    sheet["B7"] = "<img src=x onerror=\"document.title='chiếm'\">"
    sheet.title = "a<b>'"
    workbook.save(tmp_path / "x.xlsx")
    page = enter(browser, reading_address, "xem")
    page.goto(f"{reading_address}/check")
    page.get_by_label("Bảng tính").set_input_files(tmp_path / "x.xlsx")
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    expect(page.locator(".sheet").nth(1)).to_contain_text("<script>document.title='chiếm'</script>")
    assert "chiếm" not in page.title()
    assert page.locator("main img, main script").count() == 0


@pytest.fixture
def elsewhere(tmp_path: Path, address: str, home: Path) -> Iterator[str]:
    """A stranger's page on another port, whose form would accept a finding at our desk."""
    finding = finding_at(home, "M17", "Hà Giang")
    (tmp_path / "index.html").write_text(
        '<!doctype html><meta charset="utf-8">'
        f'<form method="post" action="{address}/finding/{finding}/decide">'
        '<input name="action" value="accept"><input name="reason" value="x">'
        '<input name="csrf" value="guessed"><button>Bấm vào đây</button></form>',
        encoding="utf-8",
    )
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/index.html"
        server.shutdown()


def test_a_form_on_a_strangers_page_decides_nothing(
    browser: Browser, address: str, home: Path, elsewhere: str
) -> None:
    page = enter(browser, address, "lan")
    page.goto(elsewhere)
    page.get_by_role("button", name="Bấm vào đây").click()
    expect(page.get_by_role("alert")).to_contain_text("không đến từ trang này")
    assert all_decisions(home) == ()


def test_who_types_wrong_passwords_has_to_wait(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/login")
    for _ in range(6):
        page.get_by_label("Tên tài khoản").fill("minh")
        page.get_by_label("Mật khẩu").fill("sai rồi")
        page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_contain_text("Hãy thử lại sau 15 phút")


def test_a_panel_below_the_sheet_comes_into_sight_on_a_telephone(
    browser: Browser, reading_address: str, night: Path
) -> None:
    page = enter(browser, reading_address, "xem")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{reading_address}/submission/{submission_of(night, 'Hà Giang', 2013)}")
    page.locator("td.culprit a").first.click()
    expect(page.locator("#panel .panel h2")).to_be_in_viewport()
