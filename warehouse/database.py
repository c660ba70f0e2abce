"""The one door to DuckDB: how the warehouse's files are opened, and with which settings."""

import importlib.util
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse import places
from warehouse.migrations import migrate

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Newer storage than this cannot be opened by the tools people have (duckdb-cli 1.5).
STORAGE_VERSION = "v1.4.0"
# A night of a million figures stays below 2 GiB with the parsers beside it.
MEMORY_LIMIT = "1GB"
# A person's query answers from a copy of a few hundred megabytes; more would starve the night.
SANDBOX_MEMORY_LIMIT = "512MB"
# DuckDB's 16 MB rewrite the last row group at every load: measured 1.4 times the CPU and 1.7
# times the file for 400 workbooks. A killed night replays this much log in a second.
CHECKPOINT_AT = "128MB"
HEADER_BYTES = 3 * 4096
# Nothing is fetched from a network at run time.
OFFLINE: dict[str, Any] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
}


class WarehouseBusy(RuntimeError):
    """Another process has the working file open for writing."""


class NoPublication(FileNotFoundError):
    """There is no published file where one was looked for."""


@contextmanager
def open_working(home: Path) -> Iterator["DuckDBPyConnection"]:
    """Open the working file of a home for reading and writing, created when missing.

    Pending migrations are applied. Only one process can have it open: raises
    WarehouseBusy. When a commit fails because the disk is full, DuckDB invalidates the
    whole instance: leave this context and open again.
    """
    path = places.working_file(home)
    path.parent.mkdir(parents=True, exist_ok=True)
    _remove_stillborn(path)
    connection = _connect(path, {**_writing(places.spill_folder(home)), **OFFLINE})
    with _closing(connection):
        migrate(connection)
        yield connection


@contextmanager
def open_examined(home: Path) -> Iterator["DuckDBPyConnection"]:
    """Open the working file of a home to look at it; nothing on the disk is changed.

    A log that a killed night left is replayed in memory only. Raises WarehouseBusy while
    another process has the file open.
    """
    settings = {"memory_limit": MEMORY_LIMIT, "temp_directory": _scratch(), **OFFLINE}
    path = places.working_file(home)
    with _closing(_connect(path, settings, read_only=True)) as connection:
        yield connection


def is_stillborn(path: Path) -> bool:
    """Whether the making of a working file was cut off (disk full, power cut): it holds nothing.

    A database starts with three headers, written before anything can be stored in it.
    """
    return path.exists() and path.stat().st_size < HEADER_BYTES


def _remove_stillborn(path: Path) -> None:
    if is_stillborn(path):
        path.unlink()


@contextmanager
def open_file(path: Path) -> Iterator["DuckDBPyConnection"]:
    """Open any file for writing without touching its schema (a publication being built)."""
    spill = path.with_name(f"{path.name}.spill")
    with _closing(_connect(path, {**_writing(spill), **OFFLINE})) as connection:
        yield connection


@contextmanager
def open_memory() -> Iterator["DuckDBPyConnection"]:
    """Open an empty warehouse in memory with the whole schema applied."""
    with _closing(_connect(None, {"memory_limit": MEMORY_LIMIT, **OFFLINE})) as connection:
        migrate(connection)
        yield connection


@contextmanager
def open_published(path: Path) -> Iterator["DuckDBPyConnection"]:
    """Open a published file (or the link to the current one) for reading.

    The link is followed once, so that the connection stays with its publication when
    the next one appears. Raises NoPublication when there is none.
    """
    settings = {"memory_limit": MEMORY_LIMIT, "temp_directory": _scratch(), **OFFLINE}
    with _closing(_connect(published_file(path), settings, read_only=True)) as connection:
        yield connection


@contextmanager
def open_pair(old: Path, new: Path) -> Iterator["DuckDBPyConnection"]:
    """Open two published files at once, as the catalogs `old` and `new`, to compare them."""
    import duckdb  # noqa: PLC0415

    paths = [published_file(path) for path in (old, new)]
    settings = {"memory_limit": MEMORY_LIMIT, "temp_directory": _scratch(), **OFFLINE}
    with _closing(duckdb.connect(":memory:", config=settings)) as connection:
        for name, path in zip(("old", "new"), paths, strict=True):
            quoted = str(path).replace("'", "''")
            connection.execute(f"ATTACH '{quoted}' AS {name} (READ_ONLY)")
        connection.execute("SET enable_progress_bar = false; SET TimeZone = 'UTC'")
        connection.execute("SET enable_external_access = false")
        yield connection


@contextmanager
def open_reaching(*extensions: str) -> Iterator["DuckDBPyConnection"]:
    """Open an empty instance that reaches other systems through extensions, for our own SQL only.

    An extension is loaded from its package (`duckdb-extension-NAME`) when there is one, else as
    this machine has it installed (`INSTALL NAME`, once, online).
    """
    import duckdb  # noqa: PLC0415

    settings: dict[str, Any] = {"memory_limit": MEMORY_LIMIT, "temp_directory": _scratch()}
    with _closing(duckdb.connect(":memory:", config=settings)) as connection:
        for name in extensions:
            connection.execute(f"LOAD '{_packaged(name) or name}'")
        connection.execute("SET enable_progress_bar = false")
        yield connection


def _packaged(extension: str) -> Path | None:
    package = importlib.util.find_spec(f"duckdb_extension_{extension}")
    folders = package.submodule_search_locations or () if package else ()
    found = [path for one in folders for path in Path(one).rglob(f"{extension}.duckdb_extension")]
    return found[0] if found else None


@contextmanager
def open_sandboxed(
    path: Path, *, memory_limit: str = SANDBOX_MEMORY_LIMIT, threads: int = 2
) -> Iterator["DuckDBPyConnection"]:
    """Open a published file for a person's SQL: read-only, nothing outside, settings locked.

    Use it in a process of its own (`warehouse.ask`): some queries cannot be interrupted.
    """
    settings = {
        "memory_limit": memory_limit,
        "threads": threads,
        "temp_directory": "",
        "python_enable_replacements": False,
        "allow_persistent_secrets": False,
        **OFFLINE,
    }
    with _closing(_connect(published_file(path), settings, read_only=True)) as connection:
        connection.execute("SET lock_configuration = true")
        yield connection


def published_file(path: Path) -> Path:
    """The file that a path or link shows now. Raises NoPublication when there is none."""
    if not path.exists():
        raise NoPublication(
            f"Nothing is published at {path}; run `baophu nightly` first, or name another file."
        )
    return path.resolve()


@contextmanager
def transaction(connection: "DuckDBPyConnection") -> Iterator[None]:
    """Commit what happens inside, or nothing of it when anything raises."""
    import duckdb  # noqa: PLC0415

    connection.execute("BEGIN TRANSACTION")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A failed commit has already ended it, or the instance is invalid.
        with suppress(duckdb.Error):
            connection.execute("ROLLBACK")
        raise


def _writing(spill: Path) -> dict[str, Any]:
    return {
        "storage_compatibility_version": STORAGE_VERSION,
        "memory_limit": MEMORY_LIMIT,
        "temp_directory": str(spill),
        "checkpoint_threshold": CHECKPOINT_AT,
    }


def _connect(
    path: Path | None, settings: dict[str, Any], *, read_only: bool = False
) -> "DuckDBPyConnection":
    import duckdb  # noqa: PLC0415

    try:
        connection = duckdb.connect(
            str(path) if path else ":memory:", read_only=read_only, config=settings
        )
    except duckdb.IOException as error:
        raise _busy(path, error) from error
    connection.execute("SET enable_progress_bar = false; SET TimeZone = 'UTC'")
    # After the connection: DuckDB refuses a temp_directory once the outside is closed.
    connection.execute("SET enable_external_access = false")
    return connection


def _busy(path: Path | None, error: Exception) -> Exception:
    if "Conflicting lock" not in str(error):
        return error
    holder = re.search(r"\(PID (\d+)\)", str(error))
    process = f"Process {holder[1]}" if holder else "Another process"
    return WarehouseBusy(
        f"{process} has {path} open; wait until it ends, or stop it, and try again."
    )


@contextmanager
def _closing(connection: "DuckDBPyConnection") -> Iterator["DuckDBPyConnection"]:
    try:
        yield connection
    finally:
        connection.close()


def _scratch() -> str:
    return str(Path(tempfile.gettempdir()) / "baophu-spill")
