"""Bring a database to today's schema: numbered SQL files, applied once, never edited after."""

import datetime as dt
import hashlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SCHEMA = Path(__file__).parent / "schema"
LEDGER = """
CREATE TABLE IF NOT EXISTS migration (
    number INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    applied_at TIMESTAMP NOT NULL
)
"""


class EditedMigration(RuntimeError):
    """A migration that a database has applied reads differently now, or is gone."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema, `schema/NNN_name.sql`."""

    number: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        """What the step says, as a fingerprint."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def utc_now() -> dt.datetime:
    """This moment as the warehouse stores moments: UTC, without a zone."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


def migrations(folder: Path = SCHEMA) -> tuple[Migration, ...]:
    """All steps in order."""
    return tuple(
        Migration(
            int(path.stem.split("_", 1)[0]),
            path.stem.split("_", 1)[1],
            path.read_text(encoding="utf-8"),
        )
        for path in sorted(folder.glob("[0-9][0-9][0-9]_*.sql"))
    )


def migrate(connection: "DuckDBPyConnection", folder: Path = SCHEMA) -> list[Migration]:
    """Apply what is pending, each step in one transaction, and return it.

    Raises EditedMigration before anything is applied when an applied step was changed.
    """
    edited = edited_migrations(connection, folder)
    if edited:
        raise EditedMigration(
            f"Migration {edited[0]} was applied to this database but has changed since; "
            "restore the released file and put the change into a new migration."
        )
    pending = pending_migrations(connection, folder)
    for step in pending:
        _apply(connection, step)
    return pending


def pending_migrations(connection: "DuckDBPyConnection", folder: Path = SCHEMA) -> list[Migration]:
    """The steps that a database has not seen."""
    applied = _applied(connection)
    return [step for step in migrations(folder) if step.number not in applied]


def edited_migrations(connection: "DuckDBPyConnection", folder: Path = SCHEMA) -> list[str]:
    """The applied steps (`001_submissions`) whose files changed or are gone."""
    known = {step.number: (step.name, step.sha256) for step in migrations(folder)}
    return [
        f"{number:03}_{name}"
        for number, (name, sha256) in sorted(_applied(connection).items())
        if known.get(number) != (name, sha256)
    ]


def _applied(connection: "DuckDBPyConnection") -> dict[int, tuple[str, str]]:
    exists = connection.execute(
        "SELECT 1 FROM duckdb_tables() WHERE database_name = current_database() "
        "AND schema_name = 'main' AND table_name = 'migration'"
    ).fetchall()
    if not exists:
        return {}
    rows = connection.execute("SELECT number, name, sha256 FROM migration").fetchall()
    return {number: (name, sha256) for number, name, sha256 in rows}


def _apply(connection: "DuckDBPyConnection", step: Migration) -> None:
    import duckdb  # noqa: PLC0415

    connection.execute("BEGIN TRANSACTION")
    try:
        connection.execute(LEDGER)
        connection.execute(step.sql)
        connection.execute(
            "INSERT INTO migration VALUES (?, ?, ?, ?)",
            [step.number, step.name, step.sha256, utc_now()],
        )
        connection.execute("COMMIT")
    except BaseException:
        # A failed commit has already ended it.
        with suppress(duckdb.Error):
            connection.execute("ROLLBACK")
        raise
