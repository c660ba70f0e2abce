"""Backups: everything of a home that no night could make again, in one file, and back from it.

A backup is a tar file whose first member, `manifest.json`, gives the size and sha256 of each of
the others. It is made while no night runs. Restoring checks every byte before it puts anything,
and only into a home that holds nothing yet.
"""

import hashlib
import json
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from flows.durable import new_file, sweep, sync_folder
from flows.night import night_lock
from flows.receipts import receipts_folder
from warehouse import places
from warehouse.publish import hash_file, show

MANIFEST = "manifest.json"
FORMAT = "baophu backup 1"


class DamagedBackup(ValueError):
    """A backup that does not hold what its manifest says; nothing was restored."""


class HomeInUse(RuntimeError):
    """A home that holds files already, into which nothing is restored."""


@dataclass(frozen=True, slots=True)
class BackedUp:
    """How many files a backup holds, and how many bytes they have."""

    files: int
    size: int


def back_up(home: Path, target: Path) -> BackedUp:
    """Write a backup of a home; a file of that name is replaced when the new one is whole.

    Raises NightBusy while a night runs. Stewards may go on deciding: SQLite's own backup
    takes their ledgers as of one moment.
    """
    with night_lock(home), tempfile.TemporaryDirectory(prefix="baophu-backup-") as folder:
        kept = dict(_kept_files(home, Path(folder)))
        manifest = {name: _facts(path) for name, path in kept.items()}
        sweep(target.parent)
        with new_file(target.parent) as (stream, temporary), _tar(stream) as tar:
            _add_manifest(tar, manifest)
            for name, path in kept.items():
                tar.add(path, arcname=name, recursive=False)
        temporary.replace(target)
        sync_folder(target.parent)
    return BackedUp(len(kept), sum(int(facts["size"]) for facts in manifest.values()))


def restore(home: Path, source: Path) -> BackedUp:
    """Put a backup's files into an empty home. Raises DamagedBackup and HomeInUse."""
    with night_lock(home):
        _refuse_used(home)
        staging = home / ".restoring"
        shutil.rmtree(staging, ignore_errors=True)  # of a restore that was killed
        staging.mkdir()
        try:
            manifest = _unpack(source, staging)
            _check(source, staging, manifest)
            for name in manifest:
                (home / name).parent.mkdir(parents=True, exist_ok=True)
                (staging / name).rename(home / name)
                sync_folder((home / name).parent)
        finally:
            shutil.rmtree(staging)
        for path in (home / name for name in manifest if name.endswith(".duckdb")):
            if path.parent == places.publications_folder(home):
                show(home, path)
    return BackedUp(len(manifest), sum(int(facts["size"]) for facts in manifest.values()))


def _kept_files(home: Path, scratch: Path) -> Iterator[tuple[str, Path]]:
    """What is kept by its name under the home, and where its bytes can be read now."""
    working = places.working_file(home)
    current = places.current_link(home).resolve()
    found = [
        *sorted(receipts_folder(home).glob("*.json")),
        *sorted(places.landed_folder(home).glob("*__*")),
        *(path for path in (working, working.with_name(f"{working.name}.wal")) if path.exists()),
        *(path for path in (current, hash_file(current)) if path.is_file()),
    ]
    for path in found:
        yield str(path.relative_to(home.resolve())), path
    for ledger in sorted(places.warehouse_folder(home).glob("*.sqlite")):
        yield str(ledger.relative_to(home)), _snapshot(ledger, scratch / ledger.name)


def _snapshot(ledger: Path, copy: Path) -> Path:
    """The state of an SQLite file at one moment, its write-ahead log included."""
    source, target = sqlite3.connect(ledger), sqlite3.connect(copy)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()
    return copy


def _facts(path: Path) -> dict[str, str | int]:
    with path.open("rb") as stream:
        return {
            "sha256": hashlib.file_digest(stream, "sha256").hexdigest(),
            "size": path.stat().st_size,
        }


def _tar(stream: BinaryIO) -> tarfile.TarFile:
    return tarfile.open(fileobj=stream, mode="w")


def _add_manifest(tar: tarfile.TarFile, manifest: dict[str, dict[str, str | int]]) -> None:
    text = json.dumps({"format": FORMAT, "files": manifest}, ensure_ascii=False, indent=1).encode()
    member = tarfile.TarInfo(MANIFEST)
    member.size = len(text)
    tar.addfile(member, BytesIO(text))


def _refuse_used(home: Path) -> None:
    used = [
        path
        for path in (places.landed_folder(home), places.publications_folder(home))
        if path.is_dir() and any(path.iterdir())
    ]
    used += [path for path in (places.working_file(home),) if path.exists()]
    used += sorted(places.warehouse_folder(home).glob("*.sqlite"))
    if used:
        raise HomeInUse(f"{used[0]} is there already: restore into a home that holds nothing.")


def _unpack(source: Path, staging: Path) -> dict[str, dict[str, str | int]]:
    try:
        with tarfile.open(source) as tar:
            for member in tar:
                _take_out(tar, member, staging)
        written = json.loads((staging / MANIFEST).read_text("utf-8"))
        form: str = written["format"]
        manifest: dict[str, dict[str, str | int]] = written["files"]
    except (tarfile.TarError, EOFError, KeyError, TypeError, ValueError) as error:
        raise DamagedBackup(f"{source} is no whole backup: {error}") from error
    except FileNotFoundError as error:
        if not source.exists():
            raise
        raise DamagedBackup(f"{source} is no backup: it has no {MANIFEST}.") from error
    if form != FORMAT:
        raise DamagedBackup(f"{source} is a backup of another version of baophu: {form}.")
    return manifest


def _take_out(tar: tarfile.TarFile, member: tarfile.TarInfo, staging: Path) -> None:
    """Put one file of a backup under the staging folder; a backup holds nothing but files.

    `extractall(filter=...)` would do, but the Python of Debian 12 (3.11.2) does not have it.
    """
    content = tar.extractfile(member) if member.isfile() else None
    target = staging / member.name
    if content is None or not target.resolve().is_relative_to(staging.resolve()):
        raise ValueError(f"{member.name} does not belong into a backup")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as stream:
        shutil.copyfileobj(content, stream)
    target.chmod(member.mode & 0o755)


def _check(source: Path, staging: Path, manifest: dict[str, dict[str, str | int]]) -> None:
    for name, facts in manifest.items():
        path = staging / name
        if not path.is_file() or _facts(path) != facts:
            raise DamagedBackup(f"{source} is damaged at {name}; nothing was restored.")
