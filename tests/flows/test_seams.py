"""A night killed at its seams: before any moment at which something becomes durable or visible.

Every fsync, rename, link and removal of a night is a seam, and so is every statement that it sends
to DuckDB. A child forked from one that has everything imported runs the night and kills itself
before its n-th seam.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.ingest import run_night
from flows.night import NightReport
from tests.flows.drawing import draw_report
from warehouse.doctor import examine

TRIED = int(os.environ.get("BAOPHU_SEAMS", "10"))
"""How many seams are tried, spread over the night; hundreds before a release."""

KILLING = '''
import json, os, signal, sys
from pathlib import Path
import great_expectations, duckdb, pyarrow
import expectations.suite, expectations.locate.locate, warehouse.publish
import flows.ingest, flows.steps, flows.readings, warehouse.database

SEAMS = ("fsync", "rename", "replace", "unlink", "symlink", "link")
count, until = 0, None

def seam(*_):
    global count
    count += 1
    if count == until:
        os.kill(os.getpid(), signal.SIGKILL)

def before(function):
    def called(*arguments, **options):
        seam()
        return function(*arguments, **options)
    return called

for name in SEAMS:
    setattr(os, name, before(getattr(os, name)))

class Seamed:
    """A connection whose every statement is a seam."""

    def __init__(self, connection):
        self.connection = connection

    def __getattr__(self, name):
        found = getattr(self.connection, name)
        return before(found) if name in ("execute", "sql", "close") else found

connect = warehouse.database._connect
warehouse.database._connect = lambda *given, **named: Seamed(connect(*given, **named))

def night(home):
    flows.ingest.run_night(home, home / "raw" / "inbox")

def in_child(work):
    child = os.fork()
    if not child:
        try:
            work()
        except BaseException as error:
            print(error, file=sys.stderr)
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

for line in sys.stdin:
    home, until = json.loads(line)
    home = Path(home)
    def work():
        night(home)
        (home / "seams").write_text(str(count))
    print(in_child(work), flush=True)
'''


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("report") / "2019.xlsx"
    draw_report(path, 2019, 384_400)
    return path.read_bytes()


Kill = Callable[[Path, int], int]


@pytest.fixture(scope="module")
def kill_before(report: bytes) -> Iterator[Kill]:
    """Runs a night in a new home and kills it before its n-th seam (0: never)."""
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", KILLING],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as killing:

        def kill(home: Path, seam: int) -> int:
            inbox = home / "raw" / "inbox" / "bac-giang"
            inbox.mkdir(parents=True)
            (inbox / "2019.xlsx").write_bytes(report)
            os.utime(inbox / "2019.xlsx", (1_700_000_000, 1_700_000_000))
            assert killing.stdin is not None
            assert killing.stdout is not None
            print(json.dumps([str(home), seam]), file=killing.stdin, flush=True)
            return int(killing.stdout.readline())

        yield kill


def test_killed_at_any_seam_the_next_night_ends_the_same(tmp_path: Path, kill_before: Kill) -> None:
    whole = tmp_path / "whole"
    assert kill_before(whole, 0) == 0
    seams = int((whole / "seams").read_text())
    assert seams > 100
    content = night(whole).content_hash
    for seam in sorted({1 + seams * place // TRIED for place in range(TRIED)}):
        home = tmp_path / f"{seam}"
        assert kill_before(home, seam) == -9
        healed = night(home)
        assert (seam, healed.content_hash) == (seam, content)
        assert (seam, examine(home)) == (seam, [])
        assert [path for path in (home / "raw" / "inbox").rglob("*") if path.is_file()] == []


def night(home: Path) -> NightReport:
    return run_night(home, home / "raw" / "inbox")
