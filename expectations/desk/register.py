"""The desk's own SQLite file: accounts, sessions, claims and the audit, beside the warehouse."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from warehouse.places import warehouse_folder

SCHEMA = Path(__file__).with_name("accounts.sql")
PATIENCE_SECONDS = 10


def register_file(home: Path) -> Path:
    """Where the desk of a home keeps its accounts."""
    return warehouse_folder(home) / "desk.sqlite"


def prepare(home: Path) -> None:
    """Make the file, for this machine's user alone, and its tables where they are missing."""
    path = register_file(home)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    with closing(_connect(home)) as register:
        register.execute("PRAGMA journal_mode = WAL")
        register.executescript(SCHEMA.read_text(encoding="utf-8"))


@contextmanager
def open_register(home: Path) -> Iterator[sqlite3.Connection]:
    """The register of a home; what happens inside is committed together, or not at all."""
    register = _connect(home)
    try:
        register.execute("PRAGMA foreign_keys = ON")
        register.execute("BEGIN IMMEDIATE")
        yield register
        register.execute("COMMIT")
    except BaseException:
        if register.in_transaction:
            register.execute("ROLLBACK")
        raise
    finally:
        register.close()


@contextmanager
def look_up(home: Path) -> Iterator[sqlite3.Connection]:
    """The register for reading only; never waits for a writer."""
    register = sqlite3.connect(
        f"file:{register_file(home)}?mode=ro", uri=True, timeout=PATIENCE_SECONDS
    )
    register.row_factory = sqlite3.Row
    try:
        yield register
    finally:
        register.close()


def _connect(home: Path) -> sqlite3.Connection:
    register = sqlite3.connect(register_file(home), timeout=PATIENCE_SECONDS, isolation_level=None)
    register.row_factory = sqlite3.Row
    return register


def now() -> dt.datetime:
    """This moment, UTC."""
    return dt.datetime.now(dt.UTC)


def note(
    register: sqlite3.Connection, account: str, action: str, subject: str, address: str
) -> None:
    """Write one line of the audit; lines are never changed."""
    register.execute(
        "INSERT INTO audit (at, account, action, subject, address) VALUES (?, ?, ?, ?, ?)",
        (now().isoformat(), account, action, subject, address),
    )
