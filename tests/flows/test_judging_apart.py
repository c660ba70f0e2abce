"""Judging in bundles on other machines gives what judging here gives."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from flows.ingest import PlainEngine, run_night
from flows.judging_apart import Bundle, judge_apart, pack
from flows.night import NightReport
from tests.flows.drawing import HEADING, draw_report
from warehouse.content import content_hash, kept_content_hash
from warehouse.database import open_working
from warehouse.doctor import examine

DropReport = Callable[..., Path]


class SpreadEngine(PlainEngine):
    """As on two other machines; `broken` of the bundles never come back."""

    places = 2
    is_spread = True

    def __init__(self, broken: int = 0) -> None:
        self.broken = broken
        self.bundles = 0

    def each(self, step, parcels: Sequence[object], /) -> Iterator[object]:  # type: ignore[no-untyped-def, override]
        for parcel in parcels:
            self.bundles += isinstance(parcel, Bundle)
            if isinstance(parcel, Bundle) and self.bundles <= self.broken:
                yield OSError("the machine went away")
            else:
                yield step(parcel)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One report of the first night and three of the second, one of them of the same year."""
    folder = tmp_path_factory.mktemp("reports")
    draw_report(folder / "1-2018.xlsx", 2018, None)
    draw_report(folder / "2-2018.xlsx", 2018, 374_000, heading=f"BỔ SUNG {HEADING}")
    draw_report(folder / "2-2019.xlsx", 2019, 384_400)
    draw_report(folder / "2-2020.xlsx", 2020, None)
    return folder


def two_nights(home: Path, reports: Path, engine: PlainEngine) -> NightReport:
    """The second night's reports are compared with what was accepted in the first."""
    inbox = home / "raw" / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    for night in (1, 2):
        for path in reports.glob(f"{night}-*.xlsx"):
            (inbox / path.name).write_bytes(path.read_bytes())
            os.utime(inbox / path.name, (1_700_000_000, 1_700_000_000))
        report = run_night(home, inbox, engine)
    return report


@pytest.fixture(scope="module")
def judged_here(tmp_path_factory: pytest.TempPathFactory, reports: Path) -> NightReport:
    return two_nights(tmp_path_factory.mktemp("here"), reports, PlainEngine())


@pytest.mark.parametrize("broken", [0, 1])
def test_the_content_is_the_same_wherever_it_was_judged(
    home: Path, reports: Path, judged_here: NightReport, broken: int
) -> None:
    engine = SpreadEngine(broken)
    report = two_nights(home, reports, engine)
    assert engine.bundles > 2
    assert report.content_hash == judged_here.content_hash
    with open_working(home) as connection:
        assert report.content_hash == kept_content_hash(connection) == content_hash(connection)
    assert [line.status for line in report.submissions] == [
        line.status for line in judged_here.submissions
    ]
    assert examine(home) == []


def test_a_report_is_compared_with_those_accepted_before(home: Path, reports: Path) -> None:
    two_nights(home, reports, SpreadEngine())
    with open_working(home) as connection:
        compared = connection.execute(
            "SELECT count(*) FROM relation WHERE kind LIKE 'earlier%'"
        ).fetchall()
    assert compared[0][0] > 0


def test_a_bundle_holds_no_more_than_judging_needs(home: Path, drop_report: DropReport) -> None:
    drop_report("2018.xlsx", 2018)
    run_night(home, home / "raw" / "inbox")
    with open_working(home) as connection:
        connection.execute("UPDATE submission SET status = 'read'").fetchall()
        [bundle] = pack(connection, 2)
    assert set(bundle.tables).isdisjoint({"decision", "sheet", "document"})
    assert set(judge_apart(bundle).tables) == {
        "relation",
        "relation_term",
        "finding",
        "finding_cell",
    }
