"""The lake: the same schema in DuckLake, where many machines write at once and others read.

Its catalog is a PostgreSQL database, its rows are Parquet files in a folder that all machines see.
A home writes its publication's submissions whole, in one transaction: readers see all or nothing,
and every earlier state stays readable by its version.
"""

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from warehouse import building, standing
from warehouse.content import submission_hashes
from warehouse.database import open_reaching, transaction
from warehouse.migrations import migrate

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TRIES = 12
FIRST_WAIT_SECONDS = 0.05
OWNED = (
    *("submission", "source_table", "sheet", "cell", "observation", "document", "relation"),
    *("relation_term", "finding", "finding_cell", "decision", "correction", "supersession"),
)
"""The tables whose rows belong to one submission each."""
LEDGER = "CREATE TABLE IF NOT EXISTS main.written (submission_id VARCHAR, fingerprint VARCHAR)"
CHANGED = "submission_id IN (FROM temp.changed)"
OF_DECISIONS = f"decision_id IN (SELECT decision_id FROM {{}}.main.decision WHERE {CHANGED})"
Did = TypeVar("Did")


class LakeBusy(RuntimeError):
    """Other writers were quicker at every try; nothing of this writing was kept."""


@dataclass(frozen=True, slots=True)
class Lake:
    """Where a lake is: DuckLake's word for its catalog, and the folder or bucket of its rows."""

    catalog: str
    data: str


@dataclass(frozen=True, slots=True)
class Written:
    """What one writing did: new and changed submissions, and how often it had to be tried."""

    submissions: int
    tries: int


def named_lake() -> Lake | None:
    """The lake that BAOPHU_LAKE and BAOPHU_LAKE_DATA name; None when there is none.

    Raises KeyError when one of the two is missing.
    """
    if not os.environ.get("BAOPHU_LAKE"):
        return None
    return Lake(os.environ["BAOPHU_LAKE"], os.environ["BAOPHU_LAKE_DATA"])


@contextmanager
def open_lake(lake: Lake, version: int | None = None) -> Iterator["DuckDBPyConnection"]:
    """Open a lake, made when it is not there; or read it as it stood at a version."""
    when = f", SNAPSHOT_VERSION {version:d}" if version is not None else ""
    options = f"(DATA_PATH '{_quoted(lake.data)}'{when})"
    attach = f"ATTACH 'ducklake:{_quoted(lake.catalog)}' AS lake {options}"
    with open_reaching("postgres_scanner", "ducklake") as connection:
        # Two that make the same lake at once: one of them comes too late, and finds it made.
        _insist(lambda: connection.execute(attach))
        connection.execute("USE lake")
        yield connection


def write(lake: Lake, publication: Path) -> Written:
    """Bring a lake to what a publication's submissions say, in one transaction.

    What it holds of them already is left alone, so writing twice costs little and changes
    nothing. Raises LakeBusy when other writers are in the way for too long.
    """
    with open_lake(lake) as connection:
        connection.execute(f"ATTACH '{_quoted(str(publication.resolve()))}' AS pub (READ_ONLY)")
        connection.execute("USE pub")
        said = submission_hashes(connection)
        connection.execute("USE lake")
        connection.execute("CREATE TEMP TABLE said (submission_id VARCHAR, fingerprint VARCHAR)")
        connection.execute(
            "INSERT INTO temp.said SELECT unnest(?), unnest(?)", [list(said), list(said.values())]
        )
        _, tries = _insist(lambda: _furnish(connection))
        changed, more = _insist(lambda: _write_changed(connection))
        return Written(changed, tries + more - 1)


def versions(connection: "DuckDBPyConnection") -> list[tuple[int, str]]:
    """Every state that can be read again: its version and when it came (UTC), oldest first."""
    return connection.execute(
        "SELECT snapshot_id, CAST(CAST(snapshot_time AS TIMESTAMP) AS VARCHAR) "
        "FROM lake.snapshots() ORDER BY ALL"
    ).fetchall()


def _furnish(connection: "DuckDBPyConnection") -> None:
    """Make tables, code lists and views as the publication has them, unless they are so."""
    if _recipe(connection, "lake") == _recipe(connection, "pub"):
        return
    migrate(connection)
    with transaction(connection):
        connection.execute(LEDGER)
        for schema in ("mart", "review"):
            connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}")
        for name in (*building.CODE_LISTS, "recipe"):
            connection.execute(f"CREATE TABLE mart.{name} AS FROM pub.mart.{name}")
        for name, select in building.selects("review").items():
            connection.execute(f"CREATE VIEW review.{name} AS {select}")
        for name, select in building.selects("marts").items():
            # Each home marked its own figures: which one stands is asked of all of them.
            said = select.replace("main.observation AS", f"{standing.CHOSEN} AS")
            view = said if name in building.VIEWS else select
            connection.execute(f"CREATE VIEW mart.{name} AS {view}")


def _write_changed(connection: "DuckDBPyConnection") -> int:
    written = "main.written SEMI JOIN temp.said USING (submission_id)"
    with transaction(connection):
        changed = _replace(connection, "ANTI JOIN main.written USING (submission_id, fingerprint)")
    # A workbook that two homes were given: the later of two writers sees both copies.
    if _count(connection, written) > _count(connection, "temp.said"):
        with transaction(connection):
            _replace(connection, "")
    return changed


def _replace(connection: "DuckDBPyConnection", which: str) -> int:
    """Put those submissions of `said` in the place of what the lake holds of them."""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE changed AS SELECT submission_id FROM temp.said {which}"
    )
    changed = _count(connection, "temp.changed")
    if _count(connection, "main.written SEMI JOIN temp.changed USING (submission_id)"):
        connection.execute(f"DELETE FROM main.decision_cell WHERE {OF_DECISIONS.format('lake')}")
        for table in (*OWNED, "written"):
            connection.execute(f"DELETE FROM main.{table} WHERE {CHANGED}")
    for table in OWNED if changed else ():
        connection.execute(
            f"INSERT INTO main.{table} BY NAME FROM pub.main.{table} WHERE {CHANGED}"
        )
    if changed:
        connection.execute(
            "INSERT INTO main.decision_cell BY NAME FROM pub.main.decision_cell "
            f"WHERE {OF_DECISIONS.format('pub')}"
        )
        connection.execute(f"INSERT INTO main.written FROM temp.said WHERE {CHANGED}")
    return changed


def _insist(work: Callable[[], Did]) -> tuple[Did, int]:
    """Do the work, again when another writer was in the way; returns it and the tries."""
    import duckdb  # noqa: PLC0415

    for tries in range(1, TRIES + 1):
        try:
            return work(), tries
        except duckdb.Error as error:
            if not _in_the_way(error):
                raise
            if tries == TRIES:
                raise LakeBusy(f"Other writers were quicker {TRIES} times: {error}") from error
            time.sleep(random.uniform(0.5, 1.5) * FIRST_WAIT_SECONDS * 2**tries)  # noqa: S311
    raise AssertionError("unreachable")


def _in_the_way(error: Exception) -> bool:
    """Whether an error says that another transaction was quicker, not that this one is wrong."""
    said = str(error).casefold()
    return any(word in said for word in ("conflict", "already exists", "duplicate key", "serializ"))


def _recipe(connection: "DuckDBPyConnection", catalog: str) -> object:
    there = _count(
        connection,
        f"duckdb_tables() WHERE database_name = '{catalog}' AND schema_name = 'mart' "
        "AND table_name = 'recipe'",
    )
    return connection.execute(f"FROM {catalog}.mart.recipe").fetchall() if there else None


def _count(connection: "DuckDBPyConnection", rows: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {rows}").fetchall()[0][0])


def _quoted(text: str) -> str:
    return text.replace("'", "''")
