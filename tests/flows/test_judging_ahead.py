"""Judging while other files are read: the same night, whatever is judged when, or cut off."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from flows import ingest
from flows.ingest import PlainEngine, run_night
from warehouse.database import open_working

DropReport = Callable[..., Path]
Row = tuple[object, ...]


class PowerCut(BaseException):
    """The machine goes off."""


class WatchedEngine(PlainEngine):
    """Notes the statuses of submissions each time a batch is about to be read."""

    def __init__(self, home: Path, cut_at: int = 99) -> None:
        self.home, self.cut_at = home, cut_at
        self.seen: list[set[str]] = []

    def each(self, step: Callable[[Any], Any], parcels: Sequence[Any], /) -> Iterator[Any]:
        """Run the step over each parcel, until the power is cut."""
        for parcel in parcels:
            self.seen.append({str(status) for (status,) in stored(self.home, STATUSES)})
            if len(self.seen) > self.cut_at:
                raise PowerCut
            yield step(parcel)


STATUSES = "SELECT DISTINCT status FROM submission"
JUDGED = "SELECT count(DISTINCT submission_id) FROM relation"


def stored(home: Path, sql: str) -> list[Row]:
    with open_working(home) as connection:
        return connection.execute(sql).fetchall()


def table_of_results(home: Path) -> str:
    """The page of validation results, from its table on: the moment stands above it."""
    page = (home / "warehouse" / "docs" / "index.html").read_text(encoding="utf-8")
    return page[page.index("<table") :]


@pytest.fixture
def three_reports(home: Path, drop_report: DropReport) -> Path:
    drop_report("bac-giang/2017.xlsx", 2017)
    drop_report("bac-giang/2018.xlsx", 2018, total=384_400)
    drop_report("bac-giang/2019.xlsx", 2019)
    return home


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """One workbook a batch, and judging as soon as a second one comes."""
    monkeypatch.setattr(ingest, "LARGEST_BATCH", 1)
    monkeypatch.setattr(ingest, "FIGURES_AT_ONCE", 1)


def night(home: Path, engine: PlainEngine) -> ingest.NightReport:
    return run_night(home, home / "raw" / "inbox", engine)


def test_what_is_judged_early_is_judged_and_told_as_in_one_go(
    three_reports: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> None:
    other = tmp_path_factory.mktemp("other")
    shutil.copytree(three_reports / "raw", other / "raw", dirs_exist_ok=True)
    at_once = night(three_reports, PlainEngine())
    request.getfixturevalue("one_by_one")
    early = night(other, PlainEngine())
    assert early.content_hash == at_once.content_hash
    assert [line.status for line in early.submissions] == ["accepted", "quarantined", "accepted"]
    assert table_of_results(other) == table_of_results(three_reports)


@pytest.mark.usefixtures("one_by_one")
def test_nothing_has_a_status_before_all_are_judged(three_reports: Path) -> None:
    engine = WatchedEngine(three_reports)
    night(three_reports, engine)
    assert engine.seen == [set(), {"read"}, {"read"}]


@pytest.mark.usefixtures("one_by_one")
def test_a_night_cut_off_between_two_batches_is_made_up_for(three_reports: Path) -> None:
    with pytest.raises(PowerCut):
        night(three_reports, WatchedEngine(three_reports, cut_at=2))
    assert stored(three_reports, JUDGED) == [(1,)]
    report = night(three_reports, PlainEngine())
    assert [line.status for line in report.submissions] == ["accepted", "quarantined", "accepted"]
    assert stored(three_reports, JUDGED) == [(3,)]
