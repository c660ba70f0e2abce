"""Publish: an immutable copy of the working file, put before readers in one step."""

import datetime as dt
import hashlib
import os
import shutil
import subprocess
import sys
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse import building, history, keeping, places
from warehouse.database import NoPublication, open_file, open_published, transaction
from warehouse.migrations import utc_now

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

KEEP = 14  # two weeks of nights to go back to
BUILDING = ".building-"
# What the disk said comes back as the exit code, beyond those that Python uses itself.
DISK_SAID = 100
COPY = f"""
import shutil, sys
try:
    shutil.copyfile(sys.argv[1], sys.argv[2])
except OSError as error:
    sys.exit({DISK_SAID} + error.errno)
"""


class BrokenPublication(RuntimeError):
    """A copy that was built does not hold what the working file holds; nothing was published."""


def publish(connection: "DuckDBPyConnection", home: Path, keep: int = KEEP) -> Path:
    """Publish what the working file of a home holds now, and return the new file.

    `connection` is the open working file, with no transaction under way. Readers see the
    old publication or the new one through `warehouse/current.duckdb`, never anything
    between; those who have an old one open keep it. The newest `keep` publications stay.
    Killed at any moment, the last publication is still whole and current.
    """
    folder = places.publications_folder(home)
    folder.mkdir(parents=True, exist_ok=True)
    remove_unfinished(folder)
    moment = utc_now()
    with transaction(connection):
        history.remember(connection, moment)
        keeping.renew(connection, moment)
    target = folder / f"{_name(moment)}.duckdb"
    draft = folder / f"{BUILDING}{target.name}"
    _copy_working_file(connection, places.working_file(home), draft)
    with open_file(draft) as copy:
        building.build(copy)
        copy.execute("CHECKPOINT")
    _try_out(connection, draft)
    if os.environ.get("BAOPHU_PARQUET", "on") != "off":
        _write_parquet(home, draft, target)
    _put(draft, target)
    show(home, target)
    retire_old(folder, keep, places.current_link(home))
    return target


def show(home: Path, publication: Path) -> None:
    """Let readers have a publication, and the Parquet files beside it, from now on."""
    point_to(places.current_link(home), publication)
    beside = places.current_parquet(home)
    if parquet_folder(publication).exists():
        point_to(beside, parquet_folder(publication))
    else:
        beside.unlink(missing_ok=True)


def parquet_folder(publication: Path) -> Path:
    """Where the Parquet files of a publication lie."""
    return publication.with_suffix(".parquet")


def is_stale(home: Path) -> bool:
    """Whether the current publication is missing, unreadable, or made by another recipe.

    Says nothing of the rows: compare the content hash for those.
    """
    import duckdb  # noqa: PLC0415

    try:
        with open_published(places.current_link(home)) as reader:
            rows = reader.execute("SELECT recipe FROM mart.recipe").fetchall()
    except (NoPublication, duckdb.Error):
        return True  # what cannot be read is replaced
    return rows != [(building.recipe(),)]


def point_to(link: Path, target: Path) -> None:
    """Make the link to the current publication show another one, in one step."""
    fresh = link.with_name(f".{link.name}-{uuid.uuid4().hex}")
    fresh.symlink_to(os.path.relpath(target, link.parent))
    fresh.replace(link)
    _sync(link.parent)


def publications(folder: Path) -> list[Path]:
    """The finished publications of a folder, oldest first."""
    return sorted(path for path in folder.glob("*.duckdb") if not path.name.startswith("."))


def hash_file(path: Path) -> Path:
    """Where the sha256 of a publication stands, in the form that `sha256sum -c` reads."""
    return path.with_name(f"{path.name}.sha256")


def sha256_of(path: Path) -> str:
    """The sha256 of a file's bytes.

    Never of the working file while this process has it open: closing any second handle
    on it would give DuckDB's lock away.
    """
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def remove_unfinished(folder: Path) -> None:
    """Remove what a killed publication left; only the one writer publishes, so none is alive."""
    for path in unfinished(folder):
        _remove(path)


def unfinished(folder: Path) -> list[Path]:
    """What a killed publication left behind: a copy half built, hashes without their file."""
    beside = [(path, path.with_suffix(".duckdb")) for path in folder.glob("*.parquet")]
    beside += [(path, path.with_suffix("")) for path in folder.glob("*.sha256")]
    orphans = [path for path, publication in beside if not publication.exists()]
    return sorted({*folder.glob(f"{BUILDING}*"), *orphans})


def retire_old(folder: Path, keep: int, link: Path) -> None:
    """Remove all but the newest publications, never the current one."""
    current = link.resolve()
    for path in publications(folder)[:-keep]:
        if path.resolve() != current:
            path.unlink()
            hash_file(path).unlink(missing_ok=True)
            _remove(parquet_folder(path))


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _write_parquet(home: Path, draft: Path, target: Path) -> None:
    """Make the Parquet files of a draft, durable, under their name; nobody is shown them yet."""
    from warehouse.exports.beside import write_beside  # noqa: PLC0415

    folder = draft.with_suffix(".parquet")
    write_beside(draft, target.stem, folder, places.current_parquet(home))
    for inside in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        _sync(inside)
    folder.rename(parquet_folder(target))


def _name(moment: dt.datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%S.%fZ")


def _copy_working_file(connection: "DuckDBPyConnection", working: Path, draft: Path) -> None:
    """Copy the checkpointed working file in a child process.

    In this process, closing the copied file would release DuckDB's POSIX lock on it, and
    another process could write into it.
    """
    connection.execute("CHECKPOINT")
    log = working.with_name(f"{working.name}.wal")
    if log.exists() and log.stat().st_size:
        raise BrokenPublication(f"{log} is not empty after a checkpoint; a copy would lose it.")
    command = [sys.executable, "-I", "-S", "-c", COPY, str(working), str(draft)]
    copied = subprocess.run(command, check=False)
    if copied.returncode > DISK_SAID:
        said = copied.returncode - DISK_SAID
        raise OSError(said, os.strerror(said), str(draft))
    copied.check_returncode()


def _try_out(connection: "DuckDBPyConnection", draft: Path) -> None:
    """Open the copy as a reader would, read every view and mart, and count the rows."""
    count = "SELECT count(*) FROM main.observation"
    with open_published(draft) as reader:
        for schema, folder in (("review", "review"), ("mart", "marts")):
            for name in building.selects(folder):
                reader.execute(f"SELECT * FROM {schema}.{name} LIMIT 1").fetchall()
        if reader.execute(count).fetchall() != connection.execute(count).fetchall():
            raise BrokenPublication(f"{draft} does not hold all figures of the working file.")


def _put(draft: Path, target: Path) -> None:
    """Make the finished copy durable and visible under its name, its hash beside it first."""
    hash_file(target).write_text(f"{sha256_of(draft)}  {target.name}\n", encoding="utf-8")
    draft.chmod(0o444)
    _sync(draft)
    _sync(hash_file(target))
    draft.rename(target)
    _sync(target.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
