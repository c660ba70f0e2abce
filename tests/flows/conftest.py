"""A home to run nights in, and small workbooks of a province outside the samples."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.flows.drawing import draw_report

Dropper = Callable[..., Path]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home with an inbox."""
    (tmp_path / "raw" / "inbox").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def drop(home: Path) -> Callable[[str, bytes], Path]:
    """Drops bytes into the inbox, long enough ago that nobody is still writing them."""

    def put(name: str, content: bytes) -> Path:
        path = home / "raw" / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, (1_700_000_000, 1_700_000_000))
        return path

    return put


@pytest.fixture
def drop_report(home: Path) -> Dropper:
    """Drops a report whose districts add up to its total, unless another total is typed."""

    def put(name: str, year: int = 2018, total: int | None = None) -> Path:
        path = home / "raw" / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        draw_report(path, year, total)
        os.utime(path, (1_700_000_000, 1_700_000_000))
        return path

    return put
