"""The desk in a real browser: from the morning to the wrong figure, decided and taken back."""

from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect

from flows.annotate.styles import FILLS
from tests.desk.browsing import enter, needs_browser
from tests.desk.conftest import SAMPLES
from tests.desk.office import needs_office, pictures_of, rgb
from tests.desk.visiting import finding_at, submission_of
from warehouse.database import open_published
from warehouse.places import current_link

pytestmark = needs_browser


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_morning_to_quang_binh_corrected_and_taken_back(
    browser: Browser, address: str, home: Path, javascript: bool
) -> None:
    page = enter(browser, address, "lan", javascript=javascript)
    page.get_by_role("link", name="Hà Giang 2013").click()
    page.locator("td.culprit a", has_text="55.042").click()
    panel = page.locator("#panel")
    expect(panel).to_contain_text("Quang Bình; 2014; kế hoạch")
    expect(panel).to_contain_text("59.042")
    panel.locator(".told a").first.click()
    page.get_by_role("button", name="Xem trước kết quả").first.click()
    expect(page.locator("main")).to_contain_text("Chưa có gì được ghi.")
    page.get_by_role("button", name="Xác nhận").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi quyết định.")
    assert figure_of(home, "M17") == (59042, "E")
    page.get_by_role("button", name="Rút lại quyết định").click()
    page.get_by_role("button", name="Xác nhận").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi quyết định.")
    assert figure_of(home, "M17") == (55042, "A")


def test_all_findings_decided_the_submission_leaves_quarantine(
    browser: Browser, address: str, home: Path
) -> None:
    page = enter(browser, address, "lan")
    submission = submission_of(home, "Hà Giang", 2013)
    for finding in open_critical(home, submission):
        page.goto(f"{address}/finding/{finding}")
        if not page.get_by_role("button", name="Xem trước kết quả").count():
            continue  # decided with an earlier one of the same cause
        page.get_by_role("button", name="Xem trước kết quả").first.click()
        page.get_by_role("button", name="Xác nhận").click()
        expect(page.get_by_role("status")).to_contain_text("Đã ghi quyết định.")
    page.goto(f"{address}/submission/{submission}")
    expect(page.locator("h1 .tag")).to_have_text("chấp nhận")
    with open_published(current_link(home)) as connection:
        rows = connection.execute(
            "SELECT value, obs_status FROM mart.figures WHERE cell = 'M17'"
        ).fetchall()
    assert [(int(value), status) for value, status in rows] == [(59042, "E")]


@pytest.fixture
def given_back(browser: Browser, address: str, home: Path, tmp_path: Path) -> Path:
    """The workbook with marks, downloaded by a steward who returned it for Quang Bình's figure."""
    page = enter(browser, address, "lan")
    page.goto(f"{address}/finding/{finding_at(home, 'M17', 'Hà Giang')}")
    page.locator("summary", has_text="Trả lại tỉnh").click()
    page.locator("details[open]").get_by_role("button", name="Xem trước kết quả").click()
    page.get_by_role("button", name="Xác nhận").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi quyết định.")
    page.goto(f"{address}/submission/{submission_of(home, 'Hà Giang', 2013)}")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải bảng tính có đánh dấu").click()
    download.value.save_as(tmp_path / "marked.xlsx")
    return tmp_path / "marked.xlsx"


@needs_office
def test_a_returned_workbook_lists_its_results_and_looks_right_in_libreoffice(
    given_back: Path, tmp_path: Path
) -> None:
    workbook = load_workbook(given_back)
    assert workbook.sheetnames[0] == "Kết quả kiểm tra"
    assert "59.042" in str(workbook["Phụ biểu"]["M17"].comment.text)
    told = [
        (row[3].value, str(row[7].value)) for row in workbook.worksheets[0].iter_rows(min_row=5)
    ]
    assert any(cell == "M17" and text.startswith("Đề nghị sửa") for cell, text in told)
    results, *pages = pictures_of(given_back, tmp_path)
    guilty, witness = rgb(FILLS["critical", True]), rgb(FILLS["critical", False])
    assert results.colours[guilty] > 1000, "the grave lines of the list are filled"
    on_sheet = sum((page.colours for page in pages), Counter())
    assert on_sheet[witness] > on_sheet[guilty] > 500, "many witnesses, a few guilty cells"


def test_the_switch_of_language_keeps_the_page(browser: Browser, address: str) -> None:
    page = enter(browser, address, "xem")
    page.goto(f"{address}/rules")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rules")
    assert page.url == f"{address}/rules"
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Quy tắc")


def test_a_province_is_refused_elsewhere_and_checks_its_own_workbook(
    browser: Browser, address: str, home: Path
) -> None:
    page = enter(browser, address, "tỉnh")
    page.goto(f"{address}/submission/{submission_of(home, 'Kon Tum', 2019)}")
    expect(page.get_by_role("alert")).to_contain_text("không được xem")
    page.goto(f"{address}/check")
    [sample] = SAMPLES.glob("*183*.xlsx")
    page.get_by_label("Bảng tính").set_input_files(sample)
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    expect(page.locator("#result")).to_contain_text("bị tạm giữ")
    expect(page.locator("td.culprit").first).to_be_visible()
    with page.expect_download() as download:  # the file is still chosen
        page.get_by_role("button", name="Tải bảng có đánh dấu").click()
    assert download.value.suggested_filename.endswith("ket qua kiem tra.xlsx")
    page.goto(f"{address}/province/02")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hà Giang")


def test_arrow_keys_walk_the_sheet_and_n_finds_the_next_guilty_cell(
    browser: Browser, address: str, home: Path
) -> None:
    page = enter(browser, address, "xem")
    page.goto(f"{address}/submission/{submission_of(home, 'Hà Giang', 2013)}")
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.closest('td').classList.contains('culprit')")
    before = page.evaluate("document.activeElement.href")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.href") != before
    page.keyboard.press("Enter")
    expect(page.locator("#panel .panel")).to_be_visible()


def test_no_page_breaks_the_policy_or_loads_from_elsewhere(
    browser: Browser, address: str, home: Path
) -> None:
    page = enter(browser, address, "sếp")
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("request", lambda asked: complaints.append(asked.url))
    submission = submission_of(home, "Hà Giang", 2013)
    for path in (
        *("/", f"/submission/{submission}?c=M17", "/provinces", "/calendar", "/figures"),
        *("/figures/coverage_by_province_year", "/query", "/history", "/check", "/accounts"),
    ):
        page.goto(f"{address}{path}")
    assert [one for one in complaints if not one.startswith(address)] == []


def figure_of(home: Path, cell: str) -> tuple[int, str]:
    with open_published(current_link(home)) as connection:
        [(value, status)] = connection.execute(
            "SELECT value, obs_status FROM review.observation o "
            "JOIN review.submission s USING (submission_id) "
            "WHERE cell = ? AND province_name = 'Hà Giang'",
            [cell],
        ).fetchall()
    return int(value), str(status)


def open_critical(home: Path, submission: str) -> list[str]:
    with open_published(current_link(home)) as connection:
        rows = connection.execute(
            "SELECT finding_id FROM review.finding WHERE submission_id = ? "
            "AND severity = 'critical' AND status = 'open' ORDER BY 1",
            [submission],
        ).fetchall()
    return [finding for (finding,) in rows]
