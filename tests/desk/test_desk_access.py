"""The desk for everybody: no barriers that axe knows of, by keyboard alone, narrow, on paper."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.desk.browsing import enter, needs_browser
from tests.desk.conftest import SAMPLES
from tests.desk.visiting import finding_at, submission_of

pytestmark = needs_browser
NARROW = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 800}


@pytest.fixture
def page(browser: Browser, reading_address: str) -> Iterator[Page]:
    """The morning of an administrator, who may see every page."""
    entered = enter(browser, reading_address, "sếp")
    yield entered
    entered.context.close()


@pytest.fixture(scope="module")
def places(night: Path) -> list[str]:
    """An address of every page."""
    own = f"/submission/{submission_of(night, 'Hà Giang', 2013)}"
    return [
        *("/", own, f"{own}?c=M17", f"{own}/compare"),
        f"/finding/{finding_at(night, 'M17', 'Hà Giang')}",
        *("/provinces", "/province/02", "/calendar", "/rules", "/figures"),
        *("/figures/coverage_by_province_year", "/query", "/history", "/check", "/accounts"),
        *("/password", "/nothing"),
    ]


def speak(page: Page, language: str) -> None:
    """Switch the language, as the button does."""
    page.context.add_cookies([{"name": "baophu_language", "value": language, "url": page.url}])


def barriers(page: Page) -> list[str]:
    """What axe finds, with the element that it finds fault with."""
    found = Axe().run(page).response["violations"]
    return [f"{page.url}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_axe_finds_no_barrier_on_any_page(
    page: Page, reading_address: str, places: list[str], language: str, size: dict[str, int]
) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    speak(page, language)
    found = []
    for place in places:
        page.goto(reading_address + place)
        expect(page.locator("html")).to_have_attribute("lang", language)
        found += barriers(page)
    assert found == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_nor_on_what_forms_answer(page: Page, reading_address: str, language: str) -> None:
    """The effect of a decision, a checked workbook, an answered question."""
    speak(page, language)
    page.goto(reading_address + "/query")
    page.locator("button.main").click()
    found = barriers(page)
    page.goto(reading_address + "/check")
    [sample] = SAMPLES.glob("*183*.xlsx")
    page.locator("input[type=file]").set_input_files(sample)
    page.locator("button.main").click()
    expect(page.locator("#result")).to_be_visible()
    found += barriers(page)
    page.goto(reading_address + "/")
    page.locator(".causes a").first.click()
    page.locator("details[open] button.main").click()
    expect(page.locator(".lead")).to_be_visible()
    assert found + barriers(page) == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_login_has_no_barrier(browser: Browser, reading_address: str, language: str) -> None:
    page = browser.new_page()
    page.context.add_cookies(
        [{"name": "baophu_language", "value": language, "url": reading_address}]
    )
    page.goto(f"{reading_address}/login")
    assert barriers(page) == []
    page.close()


def test_no_page_is_wider_than_a_telephone(
    page: Page, reading_address: str, places: list[str]
) -> None:
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    width = "document.documentElement.scrollWidth"
    wide = []
    for place in places:
        page.goto(reading_address + place)
        if page.evaluate(width) > NARROW["width"]:
            wide.append(place)
    assert wide == []


def test_the_first_key_leads_past_the_navigation(page: Page, reading_address: str) -> None:
    page.goto(reading_address + "/rules")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_every_stop_of_the_tab_key_is_seen(page: Page, reading_address: str) -> None:
    """Each is in sight when it is reached and has an outline; the order is that of the page."""
    page.goto(reading_address + "/")
    tops: list[float] = []
    for _ in range(25):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => { const at = document.activeElement, box = at.getBoundingClientRect();
            const style = getComputedStyle(at);
            return { top: box.top + scrollY, width: parseFloat(style.outlineWidth),
                     kind: style.outlineStyle, in: box.bottom > 0 && box.top < innerHeight }; }"""
        )
        assert seen["in"]
        assert seen["kind"] != "none"
        assert seen["width"] >= 2
        tops.append(seen["top"])
    body = tops[tops.index(max(tops[:14])) :]
    assert all(later >= earlier - 40 for earlier, later in pairwise(body))


def test_a_decision_is_made_by_keyboard_alone(browser: Browser, address: str, home: Path) -> None:
    page = enter(browser, address, "lan")
    page.goto(f"{address}/finding/{finding_at(home, 'M17', 'Hà Giang')}")
    page.locator("details[open] input[name=figure]").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Chưa có gì được ghi.")
    page.keyboard.press("Enter")  # the button to confirm has the focus
    expect(page.get_by_role("status")).to_contain_text("Đã ghi quyết định.")


def test_heads_and_labels_stay_in_sight_however_far_one_scrolls(
    page: Page, reading_address: str, night: Path
) -> None:
    page.goto(f"{reading_address}/submission/{submission_of(night, 'Hà Giang', 2013)}")
    pane, head = page.locator(".scroll"), page.locator(".sheet thead td", has_text="Quang Bình")
    label = page.locator("td.stub", has_text="Đối tượng tham gia BHYT").last
    pane.evaluate("pane => pane.scrollTo(pane.scrollWidth, pane.scrollHeight)")
    edges = pane.bounding_box()
    for cell in (head, label):
        box = cell.bounding_box()
        assert box
        assert edges
        assert edges["x"] <= box["x"] < edges["x"] + edges["width"]
        assert edges["y"] <= box["y"] < edges["y"] + edges["height"]


def test_enter_goes_into_the_sheet(page: Page, reading_address: str, night: Path) -> None:
    page.goto(f"{reading_address}/submission/{submission_of(night, 'Hà Giang', 2013)}")
    page.locator(".scroll").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('td a')")


def test_on_paper_there_is_the_sheet_whole_and_nothing_to_press(
    page: Page, reading_address: str, night: Path
) -> None:
    page.goto(f"{reading_address}/submission/{submission_of(night, 'Hà Giang', 2013)}")
    page.emulate_media(media="print")
    for hidden in (".top", ".actions", ".goto"):
        expect(page.locator(hidden).first).to_be_hidden()
    hidden_part = page.locator(".scroll").evaluate("pane => pane.scrollHeight - pane.clientHeight")
    assert hidden_part <= 1
    assert page.pdf(format="A4", landscape=True).startswith(b"%PDF")
