"""The doctor: every damage is found, named, and comes with what to do."""

import hashlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from landed_readings import landed, observation

from warehouse import places
from warehouse.database import open_file, open_working
from warehouse.doctor import Ailment, examine
from warehouse.publish import hash_file, publications, publish
from warehouse.store import set_statuses, store_readings

HOLD = """
import sys
from pathlib import Path
from warehouse.database import open_working
with open_working(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A sound home: one landed file, stored and published."""
    content = b"a workbook"
    sha256 = hashlib.sha256(content).hexdigest()
    folder = places.landed_folder(tmp_path)
    folder.mkdir(parents=True)
    (folder / f"{sha256[:16]}__bao-cao.xlsx").write_bytes(content)
    with open_working(tmp_path) as connection:
        one = landed(observation("population", "523034", "E4"), sha256=sha256)
        set_statuses(connection, [store_readings(connection, [one])[0].submission_id])
        publish(connection, tmp_path)
    return tmp_path


def kinds(home: Path) -> list[str]:
    return [ailment.kind for ailment in examine(home)]


def only(folder: Path, pattern: str) -> Path:
    (path,) = folder.glob(pattern)
    return path


def newest(home: Path) -> Path:
    return publications(places.publications_folder(home))[-1]


def rewrite(path: Path, content: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(content)


def in_working(sql: str) -> Callable[[Path], None]:
    def damage(home: Path) -> None:
        with open_file(places.working_file(home)) as connection:
            connection.execute(sql)

    return damage


def cut_tail(home: Path) -> None:
    rewrite(newest(home), newest(home).read_bytes()[:-4096])


DAMAGES: dict[str, Callable[[Path], object]] = {
    "landed_changed": lambda home: rewrite(only(places.landed_folder(home), "*"), b"edited"),
    "landed_missing": lambda home: only(places.landed_folder(home), "*").unlink(),
    "working_unreadable": lambda home: rewrite(places.working_file(home), b"x" * 20_000),
    "migration_pending": in_working("DELETE FROM migration WHERE number = 3"),
    "migration_edited": in_working("UPDATE migration SET sha256 = 'x' WHERE number = 1"),
    "orphan_rows": in_working(
        "INSERT INTO observation SELECT * REPLACE "
        "('gone' AS submission_id, 'other' AS observation_id) FROM observation"
    ),
    "duplicate_rows": in_working("INSERT INTO observation FROM observation"),
    "publication_changed": cut_tail,
    "publication_unhashed": lambda home: hash_file(newest(home)).unlink(),
    "working_stillborn": lambda home: places.working_file(home).write_bytes(b"DUCK" * 100),
    "decision_expired": in_working(
        "INSERT INTO decision SELECT 'd1', 'f1', submission_id, 'sum_districts', 'accept', 'lan', "
        "TIMESTAMP '2020-01-01', 'x', DATE '2020-02-01', NULL, '', 'active', '', '' FROM submission"
    ),
    "ledger_damaged": lambda home: places.decisions_file(home).write_bytes(b"no ledger" * 999),
    "link_missing": lambda home: places.current_link(home).unlink(),
    "stale_file": lambda home: (newest(home).parent / ".building-x.duckdb").touch(),
}


def test_a_sound_home_has_no_ailments(home: Path) -> None:
    assert examine(home) == []


def test_an_empty_home_has_no_ailments(tmp_path: Path) -> None:
    assert examine(tmp_path) == []


@pytest.mark.parametrize("kind", DAMAGES)
def test_each_damage_is_found_alone(home: Path, kind: str) -> None:
    DAMAGES[kind](home)
    assert kinds(home) == [kind]


def test_a_dangling_link_is_found(home: Path) -> None:
    path = newest(home)
    hash_file(path).unlink()
    path.unlink()
    assert kinds(home) == ["link_dangling", "stale_file"]  # its Parquet is nobody's now


def test_a_busy_working_file_is_said_and_the_rest_examined(home: Path) -> None:
    only(places.landed_folder(home), "*").write_bytes(b"edited")
    with (
        subprocess.Popen(
            [sys.executable, "-c", HOLD, str(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as holder,
        holder.stdout as out,  # type: ignore[union-attr]
    ):
        assert out.readline() == "open\n"
        found = kinds(home)
        holder.communicate("\n")
    assert found == ["landed_changed", "working_busy"]


def test_the_next_publication_heals_what_a_killed_one_left(home: Path) -> None:
    folder = places.publications_folder(home)
    (folder / ".building-x.duckdb").touch()
    (folder / "20200101T000000.000000Z.duckdb.sha256").touch()
    assert kinds(home) == ["stale_file", "stale_file"]
    with open_working(home) as connection:
        publish(connection, home)
    assert kinds(home) == []


def test_every_ailment_says_what_it_means_and_what_to_do(home: Path) -> None:
    DAMAGES["link_missing"](home)
    assert examine(home) == [
        Ailment(
            "link_missing",
            str(places.current_link(home)),
            "Đã có bản công bố nhưng không có liên kết current.duckdb.",
            "There are publications but no current.duckdb.",
            "Chạy baophu nightly để công bố lại.",
            "Run baophu nightly to publish again.",
        )
    ]


def snapshot(home: Path) -> dict[str, tuple[int, int, str]]:
    """Every file of a home with its size, its moment and its bytes' hash."""
    return {
        str(path.relative_to(home)): (
            path.stat().st_size,
            path.stat().st_mtime_ns,
            hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in sorted(home.rglob("*"))
        if path.is_file()
    }


KILLED = """
import os, signal, sys
from pathlib import Path
from warehouse.database import open_working
with open_working(Path(sys.argv[1])) as connection:
    connection.execute("UPDATE submission SET reason = 'in the log only'")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("kind", ["", "working_stillborn", "migration_pending", "killed"])
def test_examining_changes_nothing(home: Path, kind: str) -> None:
    if kind == "killed":
        subprocess.run([sys.executable, "-c", KILLED, str(home)], check=False)
        assert places.working_file(home).with_suffix(".duckdb.wal").stat().st_size
    elif kind:
        DAMAGES[kind](home)
    before = snapshot(home)
    assert kinds(home) == ([kind] if kind not in {"", "killed"} else [])
    assert snapshot(home) == before


LOCK = """
import fcntl, os, sys
lock = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
fcntl.flock(lock, fcntl.LOCK_EX)
os.pwrite(lock, sys.argv[2].encode() or str(os.getpid()).encode(), 0)
print("held", flush=True)
sys.stdin.readline()
"""


@pytest.mark.parametrize(("named", "kind"), [("", "night_running"), ("4194999", "lock_stale")])
def test_a_held_lock_is_told_apart_from_a_stale_one(home: Path, named: str, kind: str) -> None:
    """A number beyond the kernel's largest is no process of this machine."""
    with subprocess.Popen(
        [sys.executable, "-c", LOCK, str(places.lock_file(home)), named],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        found = kinds(home)
        holder.communicate("\n")
    assert found == [kind]
    assert kinds(home) == []
