"""What happens to machines: a disk that fills up or turns read-only, a clock that is set.

The disks are real ones: file systems in memory, mounted where no other process sees them.
"""

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from flows.ingest import run_night
from flows.missed import last_due, missed_night
from flows.night import NightReport
from tests.flows.drawing import draw_report
from warehouse.doctor import examine
from warehouse.migrations import utc_now

ROOT = os.geteuid() == 0
APART = ["unshare", "--mount"] if ROOT else ["unshare", "--mount", "--map-root-user"]


def night(home: Path) -> NightReport:
    return run_night(home, home / "raw" / "inbox")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one night behind it and a report that waits for the next."""
    home = tmp_path_factory.mktemp("base")
    for year in (2018, 2019):
        drop(home, year)
        if year == 2018:
            night(home)
    return home


def drop(home: Path, year: int) -> None:
    inbox = home / "raw" / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    draw_report(inbox / f"{year}.xlsx", year, 384_400 if year == 2019 else None)
    os.utime(inbox / f"{year}.xlsx", (1_700_000_000, 1_700_000_000))


@pytest.fixture(scope="module")
def undisturbed(base: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The content of a second night that nothing disturbed."""
    home = tmp_path_factory.mktemp("undisturbed") / "home"
    shutil.copytree(base, home, symlinks=True)
    return night(home).content_hash


NIGHTS = """
import json, shutil, subprocess, sys
from pathlib import Path
from flows.ingest import run_night
from warehouse.doctor import examine

def night(home):
    try:
        report = run_night(home, home / "raw" / "inbox")
    except Exception as error:
        return {"state": "Failed", "reason": f"{type(error).__name__}: {error}"}
    return {"state": report.state, "reason": report.reason, "content": report.content_hash}

def mount(*arguments):
    subprocess.run(["mount", *map(str, arguments)], check=True)

def told(what, disturbed, healed, home):
    examined = [one.kind for one in examine(home)]
    print(json.dumps([what, disturbed, healed, examined]), flush=True)

base, folder = Path(sys.argv[1]), Path(sys.argv[2])
mount("--make-rprivate", "/")
"""
READ_ONLY = """
for number, part in enumerate(sys.argv[3:]):
    home = folder / f"home{number}"
    shutil.copytree(base, home, symlinks=True)
    mount("--bind", home / part, home / part)
    mount("-o", "remount,bind,ro", home / part)
    disturbed = night(home)
    subprocess.run(["umount", str(home / part)], check=True)
    told(part, disturbed, night(home), home)
"""
FULL = """
used = sum(path.lstat().st_size + 4096 for path in base.rglob("*"))
working = (base / "warehouse" / "work" / "baophu.duckdb").stat().st_size
for spare in map(int, sys.argv[3:]):
    home = folder / f"home{spare}"
    home.mkdir()
    mount("-t", "tmpfs", "-o", f"size={used + working * spare // 100}", "tmpfs", home)
    shutil.copytree(base, home, symlinks=True, dirs_exist_ok=True)
    disturbed = night(home)
    mount("-o", "remount,size=1g", home)
    told(spare, disturbed, night(home), home)
"""


def disturb(how: str, base: Path, folder: Path, *arguments: str) -> list[Any]:
    """Nights in a child that sees its own mounts; what the disturbed and the next one ended with.

    Where this user may not mount at all, nothing can be said.
    """
    if subprocess.run([*APART, "true"], check=False, capture_output=True).returncode:
        pytest.skip("mounting apart from other processes is not allowed here")
    ran = subprocess.run(
        [*APART, sys.executable, "-W", "ignore", "-c", NIGHTS + how, base, folder, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_a_disk_that_turned_read_only_loses_nothing(
    tmp_path: Path, base: Path, undisturbed: str
) -> None:
    parts = [".", "raw/inbox", "raw/landed", "raw/receipts", "warehouse", "warehouse/work"]
    parts += ["warehouse/publications"]
    for part, disturbed, healed, examined in disturb(READ_ONLY, base, tmp_path, *parts):
        if part == "raw/inbox":  # it cannot be emptied, but it can be read
            assert disturbed["content"] == undisturbed
        else:
            assert disturbed["state"] in {"Failed", "Incomplete"}, part
            assert "ead-only file system" in disturbed["reason"], part
        assert healed["content"] == undisturbed, part
        assert examined == [], part


def test_a_disk_that_is_full_loses_nothing(tmp_path: Path, base: Path, undisturbed: str) -> None:
    """A publication needs as much again as the working file: the last is full only then."""
    spares = [0, 10, 40, 80]  # percent of the working file
    ended = disturb(FULL, base, tmp_path, *map(str, spares))
    assert [spare for spare, *_ in ended] == spares
    for spare, disturbed, healed, examined in ended:
        assert disturbed["state"] in {"Failed", "Incomplete"}, spare
        assert "No space left" in disturbed["reason"], spare
        assert healed["content"] == undisturbed, spare
        assert examined == [], spare


# The house has one clock, `warehouse.migrations.utc_now`; the tests set what it looks at.
CLOCK = """
import datetime, json, sys, types
from pathlib import Path
import warehouse.migrations
from flows.ingest import run_night

class Clock:
    shift = datetime.timedelta()

    @classmethod
    def now(cls, zone):
        return datetime.datetime.now(zone) + cls.shift

warehouse.migrations.dt = types.SimpleNamespace(datetime=Clock, UTC=datetime.UTC)
home = Path(sys.argv[1])
for line in sys.stdin:
    Clock.shift = datetime.timedelta(days=int(line))
    report = run_night(home, home / "raw" / "inbox")
    told = (report.reason, report.content_hash, report.published_now, report.started_at.year)
    print(json.dumps(told), flush=True)
"""


def nights_by_the_clock(home: Path, *nights: tuple[int, int]) -> list[Any]:
    """Nights on days that lie so many days off, each with the report of a year (0: none)."""
    ended = []
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", CLOCK, home],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as clock:
        assert clock.stdin is not None
        assert clock.stdout is not None
        for days, year in nights:
            if year:
                drop(home, year)
            print(days, file=clock.stdin, flush=True)
            ended.append(json.loads(clock.stdout.readline()))
    return ended


def test_a_clock_that_was_set_back_misleads_no_night(home: Path) -> None:
    future, back, again, earlier, last = nights_by_the_clock(
        home, (400, 2016), (0, 2018), (0, 0), (-400, 2020), (0, 0)
    )
    assert future[3] > back[3] > earlier[3]
    assert [one[0] for one in (again, last)] == ["nothing new", "nothing new"]
    assert (again[1], again[2]) == (back[1], False)
    assert (last[1], last[2]) == (earlier[1], False)
    assert len({future[1], back[1], earlier[1]}) == 3
    assert examine(home) == []


def test_a_night_of_a_day_to_come_hides_no_missed_one(home: Path) -> None:
    nights_by_the_clock(home, (-3, 2016), (400, 2018))
    now = utc_now()
    assert missed_night(home, now) == last_due(now)
    assert missed_night(home, now + dt.timedelta(days=500)) is not None
