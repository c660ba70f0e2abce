"""A desk over a home where one night has read the samples, and people who are logged in."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, sync_playwright

from expectations.desk.accounts import add_account, change_password
from expectations.desk.app import create_app
from flows.desk_services import desk_services
from flows.ingest import run_night
from tests.desk.browsing import CHROMIUM, FLAGS, listening
from tests.desk.visiting import PASSWORD, log_in, visitor

SAMPLES = Path(__file__).resolve().parents[2] / "raw" / "samples"
PEOPLE = (
    ("lan", "steward", ""),
    ("minh", "steward", ""),
    ("xem", "viewer", ""),
    ("sếp", "admin", ""),
    ("tỉnh", "province", "02"),
)


@pytest.fixture(scope="session")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home after its night; copy it before changing anything."""
    home = tmp_path_factory.mktemp("desk-night")
    inbox = home / "raw" / "inbox"
    inbox.mkdir(parents=True)
    for path in SAMPLES.glob("*.xlsx"):
        shutil.copy(path, inbox)
    run_night(home, inbox)
    for name, role, province in PEOPLE:
        add_account(home, name, role, province)
        change_password(home, name, PASSWORD, "")
    return home


@pytest.fixture
def home(night: Path, tmp_path: Path) -> Path:
    """A home of its own for a test that changes it."""
    shutil.copytree(night, tmp_path / "home", symlinks=True)
    return tmp_path / "home"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def address(home: Path) -> Iterator[str]:
    """A desk of the test's own home, listening."""
    with listening(home) as found:
        yield found


@pytest.fixture(scope="session")
def reading_address(night: Path) -> Iterator[str]:
    """A desk that is only read, listening."""
    with listening(night) as found:
        yield found


Visitor = Callable[[str], TestClient]


@pytest.fixture(scope="session")
def reading_desk(night: Path) -> Iterator[Visitor]:
    """Logs people in at a desk that is only read."""
    yield lambda name: visitor(night, name)


@pytest.fixture
def desk(home: Path) -> Visitor:
    """Logs people in at a desk of the test's own home."""
    app = create_app(home, desk_services())
    return lambda name: log_in(TestClient(app, follow_redirects=True), name)
