"""The one door: who may open what, and which settings hold."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from warehouse import places
from warehouse.database import (
    NoPublication,
    WarehouseBusy,
    open_memory,
    open_published,
    open_sandboxed,
    open_working,
    transaction,
)
from warehouse.migrations import migrations

HOLD = """
import sys
from pathlib import Path
from warehouse.database import open_working
with open_working(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.readline()
"""


def test_a_new_home_gets_the_whole_schema(tmp_path: Path) -> None:
    with open_working(tmp_path) as connection:
        applied = connection.execute("SELECT count(*) FROM migration").fetchall()
        assert applied == [(len(migrations()),)]
        assert connection.execute("SELECT count(*) FROM observation").fetchall() == [(0,)]


def test_other_tools_can_open_the_file(tmp_path: Path) -> None:
    with open_working(tmp_path) as connection:
        tags = connection.execute("SELECT tags FROM duckdb_databases() LIMIT 1").fetchall()
    assert tags[0][0]["storage_version"].startswith("v1.4.0")


def test_a_second_process_is_told_who_has_the_file(tmp_path: Path) -> None:
    with (
        subprocess.Popen(
            [sys.executable, "-c", HOLD, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as holder,
        holder.stdout as out,  # type: ignore[union-attr]
    ):
        assert out.readline() == "open\n"
        with pytest.raises(WarehouseBusy) as said, open_working(tmp_path):
            pass
        holder.communicate("\n")
    assert str(said.value) == (
        f"Process {holder.pid} has {places.working_file(tmp_path)} open; "
        "wait until it ends, or stop it, and try again."
    )


def test_nothing_published_is_said(tmp_path: Path) -> None:
    link = places.current_link(tmp_path)
    with pytest.raises(NoPublication) as said, open_published(link):
        pass
    assert str(said.value).startswith(f"Nothing is published at {link}; run `baophu nightly`")


def test_a_published_file_cannot_be_written(tmp_path: Path) -> None:
    with open_working(tmp_path):
        pass
    with (
        open_published(places.working_file(tmp_path)) as connection,
        pytest.raises(duckdb.InvalidInputException, match="read-only"),
    ):
        connection.execute("DELETE FROM observation")


def test_a_sandbox_keeps_its_settings(tmp_path: Path) -> None:
    with open_working(tmp_path):
        pass
    with (
        open_sandboxed(places.working_file(tmp_path)) as connection,
        pytest.raises(duckdb.InvalidInputException, match="locked"),
    ):
        connection.execute("SET enable_external_access = true")


def test_a_transaction_keeps_all_or_nothing() -> None:
    with open_memory() as connection:
        with pytest.raises(ZeroDivisionError), transaction(connection):
            connection.execute("CREATE TABLE half (a INTEGER)")
            raise ZeroDivisionError
        names = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        assert ("half",) not in names


def test_a_table_that_does_not_fit_into_memory_is_spilled(tmp_path: Path) -> None:
    with open_working(tmp_path) as connection:
        connection.execute("SET memory_limit = '60MB'")
        rows = connection.execute(
            "SELECT count(*) FROM (SELECT DISTINCT md5(i::VARCHAR) FROM range(1500000) r(i))"
        ).fetchall()
        assert rows == [(1500000,)]
