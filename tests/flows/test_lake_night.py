"""A night that has a lake: it writes there, and what it could not write the next command does."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.home import ROOT
from flows.ingest import run_night
from flows.lake import LakeFailed, ask_lake, write_publication
from tests.postgres import Postgres


@pytest.fixture
def lake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A lake that is named but cannot be worked on: its environment is missing."""
    monkeypatch.setenv("BAOPHU_LAKE", "postgres:dbname=none")
    monkeypatch.setenv("BAOPHU_LAKE_DATA", str(tmp_path / "rows"))
    monkeypatch.setenv("BAOPHU_LAKE_PYTHON", str(tmp_path / "no-python"))


def test_a_lake_that_cannot_be_written_leaves_the_night_incomplete_and_published(
    lake: None, home: Path, drop_report: Callable[..., Path]
) -> None:
    drop_report("tinh.xlsx")
    night = run_night(home, home / "raw" / "inbox")
    assert (night.state, night.published_now) == ("Incomplete", True)
    assert "run `make lake` once" in night.reason
    with pytest.raises(LakeFailed, match="make lake"):
        write_publication(home)


@pytest.mark.postgres
@pytest.mark.skipif(not (ROOT / ".venv-lake").exists(), reason="`make lake` was not run")
def test_a_night_writes_to_its_lake(
    postgres: Postgres,
    home: Path,
    drop_report: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    catalog = f"postgres:{postgres.options(postgres.new_database())}"
    monkeypatch.setenv("BAOPHU_LAKE", catalog)
    monkeypatch.setenv("BAOPHU_LAKE_DATA", str(home / "rows"))
    assert "BAOPHU_LAKE_PYTHON" not in os.environ
    drop_report("tinh.xlsx")
    night = run_night(home, home / "raw" / "inbox")
    assert night.faults == ()
    assert ask_lake("hash") == night.content_hash
