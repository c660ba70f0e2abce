"""Nights disturbed anywhere: killed at random moments, a full disk, two at once, many files."""

import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.ingest import run_night
from flows.night import NightReport
from tests.flows.drawing import draw_report
from warehouse.doctor import examine

DropReport = Callable[..., Path]
KILLS = int(os.environ.get("BAOPHU_KILLS", "3"))
"""How many random moments to kill at; hundreds before a release."""

YEARS = (2016, 2017, 2018, 2019)
NIGHT = """
import sys
from pathlib import Path
from flows.ingest import run_night
import expectations.suite
home = Path(sys.argv[1])
print("begun", flush=True)
print(run_night(home, home / "raw" / "inbox").state)
"""


def night(home: Path) -> NightReport:
    return run_night(home, home / "raw" / "inbox")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("reports")
    for year in YEARS:
        draw_report(folder / f"{year}.xlsx", year, 384_400 if year == YEARS[-1] else None)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def undisturbed(
    tmp_path_factory: pytest.TempPathFactory, reports: dict[str, bytes]
) -> tuple[str, float]:
    """The content of a night that nothing disturbed, and its seconds."""
    home = tmp_path_factory.mktemp("undisturbed")
    fill(home, reports)
    began = time.monotonic()
    return night(home).content_hash, time.monotonic() - began


def fill(home: Path, reports: dict[str, bytes]) -> None:
    inbox = home / "raw" / "inbox" / "bac-giang"
    inbox.mkdir(parents=True)
    for name, content in reports.items():
        (inbox / name).write_bytes(content)
        os.utime(inbox / name, (1_700_000_000, 1_700_000_000))


def start(home: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", NIGHT, str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("seed", range(KILLS))
def test_killed_at_any_moment_the_next_night_ends_the_same(
    home: Path, reports: dict[str, bytes], undisturbed: tuple[str, float], seed: int
) -> None:
    content, seconds = undisturbed
    (home / "raw" / "inbox").rmdir()
    fill(home, reports)
    with start(home) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "begun\n"
        time.sleep(random.Random(seed).uniform(0, seconds))
        killed.kill()
    healed = night(home)
    assert healed.content_hash == content
    assert examine(home) == []
    assert [path for path in (home / "raw" / "inbox").rglob("*") if path.is_file()] == []
    assert (night(home).reason, night(home).content_hash) == ("nothing new", content)


def run_limited(home: Path, most_bytes: int) -> "subprocess.CompletedProcess[str]":
    """A night whose files cannot grow beyond a size, as on a disk that is full."""
    return subprocess.run(
        [sys.executable, "-c", NIGHT, str(home)],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes)),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("most_bytes", [2_000, 20_000, 400_000, 2_000_000])
def test_after_a_full_disk_the_next_night_ends_the_same(
    home: Path, reports: dict[str, bytes], undisturbed: tuple[str, float], most_bytes: int
) -> None:
    (home / "raw" / "inbox").rmdir()
    fill(home, reports)
    stopped = run_limited(home, most_bytes)
    assert stopped.returncode != 0 or "Incomplete" in stopped.stdout
    assert night(home).content_hash == undisturbed[0]
    assert examine(home) == []


def test_of_two_nights_at_once_one_is_refused(
    home: Path, reports: dict[str, bytes], undisturbed: tuple[str, float]
) -> None:
    (home / "raw" / "inbox").rmdir()
    fill(home, reports)
    with start(home) as first, start(home) as second:
        ends = [process.communicate() for process in (first, second)]
    assert sorted((first.returncode, second.returncode)) in ([0, 0], [0, 1])
    refused = [
        words for (_, words), one in zip(ends, (first, second), strict=True) if one.returncode
    ]
    assert all("NightBusy" in words for words in refused)
    assert night(home).content_hash == undisturbed[0]


def test_the_same_file_from_two_people_is_kept_once(home: Path, drop_report: DropReport) -> None:
    one = drop_report("so-y-te/2018.xlsx", 2018)
    other = home / "raw" / "inbox" / "bhxh" / "2018 (1).xlsx"
    other.parent.mkdir()
    other.write_bytes(one.read_bytes())
    report = night(home)
    assert [(file.reporter, file.outcome) for file in report.inbox] == [
        ("bhxh", "landed"),
        ("so-y-te", "known"),
    ]
    assert len(report.submissions) == 1


def test_a_thousand_files_at_once_are_received_in_their_order(home: Path) -> None:
    from flows.landing import land  # noqa: PLC0415
    from flows.receipts import list_receipts  # noqa: PLC0415

    inbox = home / "raw" / "inbox"
    for number in range(1_000):
        (inbox / f"{number:04}.xlsx").write_bytes(f"report {number // 2}".encode())
    outcomes = [landed.outcome for landed in land(home, inbox)]
    assert outcomes == ["landed", "known"] * 500
    names = [receipt.file_name for receipt in list_receipts(home)]
    assert names == [f"{number:04}.xlsx" for number in range(0, 1_000, 2)]
    assert list(inbox.iterdir()) == []
