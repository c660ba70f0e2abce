"""Takes the guides' screenshots anew, in both languages: the samples' night, walked by a steward.

python -m docs.pictures
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from expectations.desk.accounts import add_account, change_password
from flows.home import samples_folder
from flows.ingest import run_night
from tests.desk.browsing import CHROMIUM, FLAGS, PATIENCE_MS, listening
from tests.desk.visiting import PASSWORD, finding_at, submission_of

FOLDER = Path(__file__).with_name("screenshots")
SIZE = {"width": 1280, "height": 800}
TELEPHONE = {"width": 390, "height": 844}
PAGES = {
    "morning": "/",
    "provinces": "/provinces",
    "province": "/province/02",
    "calendar": "/calendar",
    "rules": "/rules",
    "figures": "/figures",
    "mart": "/figures/coverage_by_province_year",
    "query": "/query",
    "history": "/history",
    "accounts": "/accounts",
}


def main() -> int:
    """Write every picture, those of English pages as `NAME.en.png`."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _fill(home)
        with listening(home) as address, _browsing() as page:
            for language, ending in (("vi", ""), ("en", ".en")):
                _take_all(page, address, home, language, ending)
    return 0


def _fill(home: Path) -> None:
    """A home after one night on the samples, with a steward who administers it."""
    inbox = home / "raw" / "inbox"
    inbox.mkdir(parents=True)
    for path in samples_folder().glob("*.xlsx"):
        shutil.copy(path, inbox)
    run_night(home, inbox)
    add_account(home, "lan", "admin")
    change_password(home, "lan", PASSWORD, "")


@contextmanager
def _browsing() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
        page.set_default_timeout(PATIENCE_MS)
        yield page
        browser.close()


def _take_all(page: Page, address: str, home: Path, language: str, ending: str) -> None:
    def take(name: str, path: str = "") -> None:
        if path:
            page.goto(address + path)
        page.screenshot(path=FOLDER / f"desk-{name}{ending}.png")

    page.context.clear_cookies()
    page.context.add_cookies([{"name": "baophu_language", "value": language, "url": address}])
    take("login", "/login")
    page.locator("input[name=name]").fill("lan")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("button.main").click()
    for name, path in PAGES.items():
        take(name, path)
    own = f"/submission/{submission_of(home, 'Hà Giang', 2013)}"
    take("submission", own)
    take("cell", f"{own}?c=M17")
    take("finding", f"/finding/{finding_at(home, 'M17', 'Hà Giang')}")
    page.locator("details[open] button.main").click()
    take("preview")
    page.goto(f"{address}/check")
    [sample] = samples_folder().glob("*183*.xlsx")
    page.locator("input[type=file]").set_input_files(sample)
    page.locator("button.main").click()
    page.locator("#result").wait_for()
    take("check")
    page.set_viewport_size(TELEPHONE)  # type: ignore[arg-type]
    take("telephone", f"{own}?c=M17")
    page.set_viewport_size(SIZE)  # type: ignore[arg-type]


if __name__ == "__main__":
    sys.exit(main())
