"""The night without Prefect: what it stores, what it refuses, and that it may be killed."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.ingest import run_night
from flows.night import InboxFile, NightBusy, NightReport, SubmissionLine, decide_state, night_lock
from tests.flows.drawing import draw_report
from warehouse.database import open_published, open_working
from warehouse.places import current_link, publications_folder

Drop = Callable[[str, bytes], Path]
DropReport = Callable[..., Path]


def night(home: Path) -> NightReport:
    return run_night(home, home / "raw" / "inbox")


def statuses(report: NightReport) -> dict[str, str]:
    return {line.file_name: line.status for line in report.submissions}


def published(home: Path, sql: str) -> list[tuple[object, ...]]:
    with open_published(current_link(home)) as connection:
        return connection.execute(sql).fetchall()


def rows_stored(home: Path) -> dict[str, int]:
    tables = ("submission", "cell", "observation", "relation", "finding")
    with open_working(home) as connection:
        return {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0]
            for table in tables
        }


def test_consistent_figures_are_accepted_and_others_held_back(
    home: Path, drop_report: DropReport
) -> None:
    drop_report("bac-giang/2018.xlsx", 2018)
    drop_report("bac-giang/2019.xlsx", 2019, total=384_400)
    report = night(home)
    assert statuses(report) == {"2018.xlsx": "accepted", "2019.xlsx": "quarantined"}
    assert (report.state, report.reason) == ("NeedsReview", "1 accepted, 1 quarantined")
    assert report.publication == str(current_link(home))
    assert published(
        home, "SELECT file_name, status, count(*) FROM review.submission GROUP BY ALL ORDER BY 1"
    ) == [("2018.xlsx", "accepted", 1), ("2019.xlsx", "quarantined", 1)]


def test_running_twice_adds_nothing_and_publishes_nothing(
    home: Path, drop: Drop, drop_report: DropReport
) -> None:
    same = drop_report("2018.xlsx").read_bytes()
    first = night(home)
    stored = rows_stored(home)
    drop("again.xlsx", same)
    second = night(home)
    assert second.state == "Completed"
    assert rows_stored(home) == stored
    assert second.content_hash == first.content_hash
    assert (first.published_now, second.published_now) == (True, False)
    assert len(list(publications_folder(home).glob("*.duckdb"))) == 1


def test_a_night_with_nothing_new_says_so(home: Path) -> None:
    report = night(home)
    assert (report.state, report.reason, report.submissions) == ("Completed", "nothing new", ())


def test_a_changed_report_supersedes_the_old_one(home: Path, drop_report: DropReport) -> None:
    drop_report("bac-giang/2018.xlsx", 2018, total=384_400)
    night(home)
    drop_report("bac-giang/2018.xlsx", 2018)
    night(home)
    assert published(home, "SELECT revision, status FROM review.submission ORDER BY revision") == [
        (1, "superseded"),
        (2, "accepted"),
    ]


def bomb() -> bytes:
    """A workbook of one sheet that is a hundred megabytes of spaces when unzipped."""
    path = Path("bomb.xlsx")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(100):
                part.write(b" " * (1 << 20))
    return path.read_bytes()


def test_files_that_cannot_be_read_are_rejected_while_the_rest_load(
    home: Path, drop: Drop, drop_report: DropReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    whole = drop_report("good.xlsx").read_bytes()
    drop("garbage.xlsx", bytes(range(256)) * 40)
    drop("truncated.xlsx", whole[: len(whole) // 2])
    drop("encrypted.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096))
    drop("empty.xlsx", b"")
    drop("bomb.xlsx", bomb())
    report = night(home)
    assert statuses(report) == {
        "good.xlsx": "accepted",
        "garbage.xlsx": "rejected",
        "truncated.xlsx": "rejected",
        "encrypted.xlsx": "rejected",
        "empty.xlsx": "rejected",
        "bomb.xlsx": "rejected",
    }
    assert report.state == "NeedsReview"
    refused = [line for line in report.submissions if line.status == "rejected"]
    assert all(line.reason_vi and line.reason_en for line in refused)
    assert {line.reason for line in refused}.isdisjoint({"", "reading.failed"})
    assert night(home).reason == "nothing new"


def test_two_nights_at_once_are_refused(home: Path, drop_report: DropReport) -> None:
    drop_report("2018.xlsx")
    with night_lock(home), pytest.raises(NightBusy, match=f"process {os.getpid()}"):
        night(home)
    assert statuses(night(home)) == {"2018.xlsx": "accepted"}


def test_a_current_publication_that_is_damaged_is_replaced(
    home: Path, drop_report: DropReport
) -> None:
    drop_report("2018.xlsx")
    night(home)
    broken = current_link(home).resolve()
    broken.chmod(0o644)
    broken.write_bytes(b"not a database")
    assert night(home).published_now
    assert published(home, "SELECT count(*) FROM review.submission") == [(1,)]


KILLED_NIGHT = """
import os, signal, sys
from pathlib import Path
from flows.ingest import PlainEngine, run_night

class KilledEngine(PlainEngine):
    steps = int(sys.argv[2])
    def call(self, step, /, *args, **kwargs):
        result = super().call(step, *args, **kwargs)
        KilledEngine.steps -= 1
        if KilledEngine.steps == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

home = Path(sys.argv[1])
run_night(home, home / "raw" / "inbox", KilledEngine())
"""
STEPS = ("take_in", "find_pending", "load", "judge", "close_night")


@pytest.fixture(scope="module")
def report_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("report") / "2019.xlsx"
    draw_report(path, 2019, 384_400)
    return path.read_bytes()


@pytest.fixture(scope="module")
def whole_night(tmp_path_factory: pytest.TempPathFactory, report_bytes: bytes) -> NightReport:
    """The night that nothing disturbed."""
    home = tmp_path_factory.mktemp("whole")
    inbox = home / "raw" / "inbox" / "bac-giang"
    inbox.mkdir(parents=True)
    (inbox / "2019.xlsx").write_bytes(report_bytes)
    return night(home)


@pytest.mark.parametrize("steps", range(1, len(STEPS) + 1), ids=STEPS)
def test_killed_after_any_step_the_next_night_ends_the_same(
    home: Path, drop: Drop, report_bytes: bytes, whole_night: NightReport, steps: int
) -> None:
    drop("bac-giang/2019.xlsx", report_bytes)
    arguments = [sys.executable, "-c", KILLED_NIGHT, str(home), str(steps)]
    assert subprocess.run(arguments, check=False).returncode == -9
    assert night(home).content_hash == whole_night.content_hash
    assert published(home, "SELECT file_name, status FROM review.submission") == [
        ("2019.xlsx", "quarantined")
    ]
    assert night(home).reason == "nothing new"


def test_a_killed_night_is_said_by_the_next(home: Path, drop: Drop, report_bytes: bytes) -> None:
    drop("bac-giang/2019.xlsx", report_bytes)
    subprocess.run([sys.executable, "-c", KILLED_NIGHT, str(home), "3"], check=False)
    healing = night(home)
    assert len(healing.interrupted) == 1
    assert published(home, "SELECT state FROM review.night ORDER BY started_at") == [
        ("Interrupted",),
        ("NeedsReview",),
    ]
    after = night(home)
    assert (after.interrupted, after.content_hash) == ((), healing.content_hash)


def line(status: str, reason: str = "") -> SubmissionLine:
    return SubmissionLine("id", "a.xlsx", "", status, reason, "", "it broke", 0, 0, 0)


@pytest.mark.parametrize(
    ("inbox", "lines", "faults", "ending"),
    [
        ((), (), (), ("Completed", "nothing new")),
        ((), (line("accepted"),), (), ("Completed", "1 accepted")),
        ((), (line("quarantined"),), (), ("NeedsReview", "1 quarantined")),
        ((), (line("rejected"),), (), ("NeedsReview", "1 rejected")),
        ((), (line("rejected", "reading.failed"),), (), ("Incomplete", "a.xlsx: it broke")),
        ((), (line("accepted"),), ("disk full",), ("Incomplete", "disk full")),
        (
            (InboxFile("b.xlsx", "", "failed", "permission denied"),),
            (),
            (),
            ("Incomplete", "b.xlsx: permission denied"),
        ),
        (
            (InboxFile("c.xlsx", "", "waiting", "still being written"),),
            (),
            (),
            ("Completed", "nothing new"),
        ),
    ],
)
def test_the_state_tells_the_truth(
    inbox: tuple[InboxFile, ...],
    lines: tuple[SubmissionLine, ...],
    faults: tuple[str, ...],
    ending: tuple[str, str],
) -> None:
    assert decide_state(inbox, lines, faults) == ending
