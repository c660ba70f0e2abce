"""What strangers try: forged forms, scripts in cells, uploads that are none, other people's SQL."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from expectations.desk.app import create_app
from expectations.desk.guard import CONTENT_SECURITY, LARGEST_BODY
from expectations.desk.language import catalogue
from expectations.desk.routes.check import plain_name
from expectations.desk.routes.finding import ACTIONS
from expectations.desk.web import ROOM
from flows.desk_services import desk_services
from tests.desk.conftest import SAMPLES, Visitor
from tests.desk.visiting import csrf, finding_at, log_in, submission_of

SCRIPT = "<script>alert(1)</script>"
QUOTES = "\"><img src=x onerror='alert(2)'>"


def test_every_answer_carries_the_strict_policy(reading_desk: Visitor) -> None:
    client = reading_desk("lan")
    for path in ("/", "/login", "/nothing", "/static/desk.css"):
        headers = client.get(path).headers
        assert headers["content-security-policy"] == CONTENT_SECURITY
        assert headers["x-content-type-options"] == "nosniff"
    assert "unsafe" not in CONTENT_SECURITY


def test_no_template_needs_what_the_policy_forbids() -> None:
    for path in (ROOM / "pages").glob("*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", text), path.name
        assert not re.search(r"<script(?! src=)", text), path.name
        assert not re.search(r"""(?:src|href)=["']https?:""", text), path.name
        assert "|safe" not in text.replace(" ", ""), path.name


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_a_form_from_elsewhere_is_refused(desk: Visitor, home: Path, origin: str) -> None:
    client = desk("lan")
    path = f"/submission/{submission_of(home, 'Hà Giang', 2013)}"
    data = {"csrf": csrf(client.get(path).text)}
    assert client.post(f"{path}/take", data=data, headers={"Origin": origin}).status_code == 403
    assert "đang làm" not in desk("minh").get("/").text


@pytest.mark.parametrize(
    "path",
    ["/logout", "/language", "/password", "/query", "/check", "/accounts/add", "/finding/f/decide"],
)
@pytest.mark.parametrize("token", ["", "forged", None])
def test_every_form_needs_its_token(reading_desk: Visitor, path: str, token: str | None) -> None:
    data = {} if token is None else {"csrf": token}
    answer = reading_desk("sếp").post(path, data=data)
    assert answer.status_code == 403
    assert "hết hạn" in answer.text


def test_another_sessions_token_does_not_count(reading_desk: Visitor) -> None:
    lan, minh = reading_desk("lan"), reading_desk("minh")
    stolen = csrf(minh.get("/").text)
    assert lan.post("/language", data={"csrf": stolen, "language": "en"}).status_code == 403


@pytest.fixture
def hostile_desk(night: Path, tmp_path: Path) -> TestClient:
    """A clerk checks a workbook whose cells hold scripts and quotes."""
    [sample] = SAMPLES.glob("*183*.xlsx")
    workbook = load_workbook(sample)
    sheet = workbook.worksheets[0]
    sheet["A2"] = SCRIPT
    sheet["B7"] = QUOTES
    sheet["Q40"] = "=cmd|' /C calc'!A0"
    sheet["Q40"].data_type = "s"
    sheet.title = "a<b>'\"&"
    workbook.save(tmp_path / "x.xlsx")
    return log_in(TestClient(create_app(night, desk_services())), "lan")


def test_what_a_cell_holds_stays_text(hostile_desk: TestClient, tmp_path: Path) -> None:
    token = csrf(hostile_desk.get("/check").text)
    with (tmp_path / "x.xlsx").open("rb") as file:
        files = {"file": (f"{SCRIPT}.xlsx", file)}
        page = hostile_desk.post("/check", data={"csrf": token}, files=files).text
    assert SCRIPT not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "&lt;img src=x onerror=&#39;alert(2)&#39;&gt;" in page
    assert "cmd|" in page
    assert "a&lt;b&gt;&#39;&#34;&amp;" in page


def test_checking_stores_nothing(reading_desk: Visitor, night: Path) -> None:
    before = sorted(path for path in night.rglob("*") if "sqlite" not in path.name)
    client = reading_desk("tỉnh")
    token = csrf(client.get("/check").text)
    [sample] = SAMPLES.glob("*183*.xlsx")
    answer = client.post(
        "/check", data={"csrf": token}, files={"file": (sample.name, sample.read_bytes())}
    )
    assert "bị tạm giữ" in answer.text
    assert "55.042" in answer.text
    assert sorted(path for path in night.rglob("*") if "sqlite" not in path.name) == before


def test_a_checked_workbook_comes_back_marked(reading_desk: Visitor) -> None:
    client = reading_desk("tỉnh")
    token = csrf(client.get("/check").text)
    [sample] = SAMPLES.glob("*183*.xlsx")
    answer = client.post(
        "/check",
        data={"csrf": token, "as": "marked"},
        files={"file": (sample.name, sample.read_bytes())},
    )
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.content.startswith(b"PK")


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n a picture", b"PK\x03\x04 cut short"])
def test_an_upload_that_is_no_workbook_is_said_to_be_none(
    reading_desk: Visitor, content: bytes
) -> None:
    client = reading_desk("xem")
    token = csrf(client.get("/check").text)
    for want in ("", "marked"):
        answer = client.post(
            "/check", data={"csrf": token, "as": want}, files={"file": ("x.xlsx", content)}
        )
        assert answer.status_code == 200
        assert "không đọc được" in answer.text


def test_bodies_too_large_or_of_unknown_size_are_refused(reading_desk: Visitor) -> None:
    client = reading_desk("xem")
    large = client.post("/check", headers={"Content-Length": str(LARGEST_BODY + 1)}, content=b"")
    assert large.status_code == 413
    assert client.post("/check", content=iter([b"x"])).status_code == 411


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\bao cao\\Biểu 1.xlsx", "Biểu 1.xlsx"),
        ("..", "workbook"),
        ("", "workbook"),
        ("a\0b\n.xls", "ab.xls"),
        (".htaccess", "htaccess"),
    ],
)
def test_a_sent_name_leads_nowhere(sent: str, kept: str) -> None:
    assert plain_name(sent) == kept


def test_the_marked_workbook_is_a_download(night: Path, reading_desk: Visitor) -> None:
    path = f"/submission/{submission_of(night, 'Hà Giang', 2013)}/marked"
    answer = reading_desk("tỉnh").get(path)
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.content.startswith(b"PK")


def test_a_reason_with_a_script_stays_text(desk: Visitor, home: Path) -> None:
    client = desk("lan")
    path = f"/finding/{finding_at(home, 'M17', 'Hà Giang')}"
    data = {"csrf": csrf(client.get(path).text), "action": "accept", "reason": SCRIPT}
    for page in (
        client.post(f"{path}/preview", data=data).text,
        client.post(f"{path}/decide", data=data).text,
        client.get("/history").text,
    ):
        assert SCRIPT not in page
        assert "&lt;script&gt;" in page


def test_the_admin_reads_in_words_who_did_what(desk: Visitor, home: Path) -> None:
    lan, admin = desk("lan"), desk("sếp")
    path = f"/submission/{submission_of(home, 'Hà Giang', 2013)}"
    lan.post(f"{path}/take", data={"csrf": csrf(lan.get(path).text)})
    page = admin.get("/accounts").text
    assert re.search(r"<td>lan</td><td>nhận việc</td>", page)
    assert re.search(r"<td>sếp</td><td>đăng nhập</td>", page)


def test_every_act_that_is_written_down_has_its_words() -> None:
    """What the desk notes in the audit, found in its own sources."""
    sources = [path.read_text("utf-8") for path in ROOM.rglob("*.py")]
    lines = [one for text in sources for one in text.splitlines() if "note(register" in one]
    noted = {act for line in lines for act in re.findall(r', "([a-z_]+)"', line)} | {*ACTIONS}
    noted |= {"login", "login_failed"}  # which of both is decided in the call
    assert {"taken", "checked"} <= noted
    assert {f"audit.{one}" for one in noted} <= catalogue().keys()
