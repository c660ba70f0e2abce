"""Examine a home for damage: what is wrong, what it means, and what to do, in both languages."""

import csv
import fcntl
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from warehouse import places
from warehouse.database import WarehouseBusy, is_stillborn, open_examined
from warehouse.decision import today_in_vietnam
from warehouse.migrations import edited_migrations, pending_migrations
from warehouse.publish import hash_file, parquet_folder, publications, sha256_of, unfinished

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

WORDS = Path(__file__).parent / "ailments.csv"
OWNED = (
    "source_table",
    "cell",
    "observation",
    "document",
    "relation",
    "relation_term",
    "finding",
    "finding_cell",
)
UNIQUE = {
    "submission": "submission_id",
    "observation": "observation_id",
    "relation": "relation_id",
    "finding": "finding_id",
}


@dataclass(frozen=True, slots=True)
class Ailment:
    """One thing that is wrong, and where; `kind` is a row of `ailments.csv`."""

    kind: str
    where: str
    meaning_vi: str
    meaning_en: str
    remedy_vi: str
    remedy_en: str


def examine(home: Path) -> list[Ailment]:
    """Everything that is wrong with a home's files and warehouse; empty when it is sound.

    Reads every landed file and publication and changes nothing. Do not call it while
    this process has the working file open.
    """
    return [
        *_examine_landed(places.landed_folder(home)),
        *_examine_lock(home),
        *_examine_working(home),
        *_examine_ledgers(home),
        *_examine_publications(home),
        *_examine_leftovers(home),
    ]


def _examine_landed(folder: Path) -> Iterator[Ailment]:
    for path in sorted(folder.glob("*__*")):
        if path.is_file() and sha256_of(path)[:16] != path.name.split("__", 1)[0]:
            yield _ailment("landed_changed", path)


def _examine_working(home: Path) -> Iterator[Ailment]:
    import duckdb  # noqa: PLC0415

    path = places.working_file(home)
    if not path.exists():
        return
    if is_stillborn(path):
        yield _ailment("working_stillborn", path)
        return
    try:
        with open_examined(home) as connection:
            yield from _examine_schema(connection)
            yield from _examine_rows(connection)
            yield from _examine_decisions(connection)
            yield from _examine_sources(connection, places.landed_folder(home))
    except WarehouseBusy as busy:
        yield _ailment("working_busy", busy)
    except duckdb.Error as error:
        yield _ailment("working_unreadable", f"{path}: {error}")


def _examine_schema(connection: "DuckDBPyConnection") -> Iterator[Ailment]:
    for step in pending_migrations(connection):
        yield _ailment("migration_pending", f"{step.number:03}_{step.name}")
    for name in edited_migrations(connection):
        yield _ailment("migration_edited", name)


def _examine_rows(connection: "DuckDBPyConnection") -> Iterator[Ailment]:
    there = _tables(connection)
    for table in [name for name in OWNED if name in there]:
        orphans = _count(connection, f"FROM {table} ANTI JOIN submission USING (submission_id)")
        if orphans:
            yield _ailment("orphan_rows", f"{table}: {orphans}")
    for table, key in UNIQUE.items():
        if table in there:
            twice = _count(
                connection, f"FROM (FROM {table} SELECT {key} GROUP BY ALL HAVING count(*) > 1)"
            )
            if twice:
                yield _ailment("duplicate_rows", f"{table}: {twice}")


def _examine_sources(connection: "DuckDBPyConnection", folder: Path) -> Iterator[Ailment]:
    if "submission" not in _tables(connection):
        return
    landed = {path.name.split("__", 1)[0] for path in folder.glob("*__*")}
    rows = connection.execute(
        "SELECT submission_id, file_name FROM submission ORDER BY ALL"
    ).fetchall()
    for submission_id, file_name in rows:
        if submission_id not in landed:
            yield _ailment("landed_missing", f"{submission_id} {file_name}")


def _examine_decisions(connection: "DuckDBPyConnection") -> Iterator[Ailment]:
    """Decisions that still count though their last day is over: no night ran since."""
    if "decision" not in _tables(connection):
        return
    rows = connection.execute(
        "SELECT decision_id, who, until FROM decision "
        "WHERE status = 'active' AND until < ? ORDER BY ALL",
        [today_in_vietnam()],
    ).fetchall()
    for decision_id, who, until in rows:
        yield _ailment("decision_expired", f"{decision_id} {who} {until}")


def _examine_lock(home: Path) -> Iterator[Ailment]:
    """A held lock: of a night at work, or of a process that this machine does not know."""
    path = places.lock_file(home)
    if not path.exists():
        return
    with path.open("rb") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = stream.read(20).decode("ascii", "replace").strip()
            known = holder.isdigit() and Path(f"/proc/{holder}").exists()
            yield _ailment("night_running" if known else "lock_stale", f"{path}: {holder}")


def _examine_ledgers(home: Path) -> Iterator[Ailment]:
    """The SQLite files: decisions, accounts, letters."""
    for path in sorted(places.warehouse_folder(home).glob("*.sqlite")):
        ledger = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)
        try:
            said = [line for (line,) in ledger.execute("PRAGMA quick_check(3)").fetchall()]
        except sqlite3.DatabaseError as error:
            said = [str(error)]
        finally:
            ledger.close()
        if said != ["ok"]:
            yield _ailment("ledger_damaged", f"{path}: {'; '.join(said)}")


def _examine_publications(home: Path) -> Iterator[Ailment]:
    made = publications(places.publications_folder(home))
    for path in made:
        if not hash_file(path).exists():
            yield _ailment("publication_unhashed", path)
        elif hash_file(path).read_text(encoding="utf-8").split()[:1] != [sha256_of(path)]:
            yield _ailment("publication_changed", path)
        yield from _examine_parquet(parquet_folder(path))
    link = places.current_link(home)
    if link.is_symlink() and not link.exists():
        yield _ailment("link_dangling", f"{link} -> {link.readlink()}")
    elif made and not link.exists():
        yield _ailment("link_missing", link)


def _examine_parquet(folder: Path) -> Iterator[Ailment]:
    from warehouse.exports.package import damaged_files  # noqa: PLC0415

    for path in damaged_files(folder) if folder.exists() else ():
        yield _ailment("publication_changed", path)


def _examine_leftovers(home: Path) -> Iterator[Ailment]:
    links = places.warehouse_folder(home).glob(f".{places.current_link(home).name}-*")
    for path in [*unfinished(places.publications_folder(home)), *sorted(links)]:
        yield _ailment("stale_file", path)


def _tables(connection: "DuckDBPyConnection") -> set[str]:
    rows = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'"
    ).fetchall()
    return {name for (name,) in rows}


def _count(connection: "DuckDBPyConnection", rows: str) -> int:
    count: int = connection.execute(f"SELECT count(*) {rows}").fetchall()[0][0]
    return count


def _ailment(kind: str, where: object) -> Ailment:
    return Ailment(kind, str(where), **_words()[kind])


@cache
def _words() -> dict[str, dict[str, str]]:
    with WORDS.open(encoding="utf-8", newline="") as lines:
        return {row.pop("kind"): row for row in csv.DictReader(lines)}
