"""Landing: every file of the inbox copied once to `raw/landed`, durable before the original goes.

The order of the steps makes a kill at any point harmless: bytes written and synced under
a temporary name, receipt, final name, and only then the original leaves the inbox.
"""

import datetime as dt
import hashlib
import os
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from flows.durable import new_file, sweep, sync_folder
from flows.inbox import Arrival, find_arrivals, is_open_for_writing, is_regular, open_arrival
from flows.receipts import (
    Receipt,
    adopt_landed,
    landed_path,
    read_receipt,
    receipts_folder,
    remove_damaged,
    write_receipt,
)
from warehouse.migrations import utc_now
from warehouse.places import landed_folder

CHUNK_BYTES = 1 << 20
AT_ONCE = 8
"""Files taken at once: most of a file's time is waiting for the disk to keep it (five times),
and a disk keeps what many wait for together in one go."""

TOGETHER = 200
"""Files that lie twice on the disk at most."""

LONGEST_NAME_BYTES = 180
"""File systems take 255 bytes; the hash, a suffix and room for other copies need the rest."""

Outcome = Literal["landed", "known", "waiting", "failed"]


@dataclass(frozen=True, slots=True)
class Landed:
    """What became of one file of the inbox, and why.

    `landed`: new bytes, kept; `known`: the same bytes were landed before; `waiting`: left
    for the next night; `failed`: could not be taken, still in the inbox.
    """

    file_name: str
    reporter: str
    outcome: Outcome
    why: str
    receipt: Receipt | None = None


class NotReady(Exception):
    """A file that must wait for the next night; the message says why."""


def land(home: Path, inbox: Path) -> list[Landed]:
    """Take every ready file of the inbox; returns what became of each, in order of path.

    Only one night at a time may land (see `flows.ingest.night_lock`).
    """
    for folder in (landed_folder(home), receipts_folder(home)):
        folder.mkdir(parents=True, exist_ok=True)
        sweep(folder)
    damaged = [Landed("receipt", "", "failed", why) for why in remove_damaged(home)]
    adopt_landed(home)
    began = utc_now()
    arrivals = find_arrivals(inbox)
    landed = []
    for start in range(0, len(arrivals), TOGETHER):
        # The order of the paths is the order of receipt, however the threads take turns.
        moments = [began + dt.timedelta(microseconds=start + place) for place in range(TOGETHER)]
        landed += _land_together(home, arrivals[start : start + TOGETHER], moments)
    return damaged + landed


@dataclass(frozen=True, slots=True)
class _Copy:
    """The bytes of an arrival under a temporary name, durable."""

    arrival: Arrival
    received_at: dt.datetime
    temporary: Path
    sha256: str


def _land_together(
    home: Path, arrivals: Sequence[Arrival], moments: Sequence[dt.datetime]
) -> list[Landed]:
    """Copy at once, then settle at once what differs; the same bytes again come last."""
    outcomes: dict[Path, Landed] = {}
    with ThreadPoolExecutor(AT_ONCE) as threads:
        copied = list(threads.map(partial(_copy, home), arrivals, moments))
        firsts = {one.sha256: one for one in reversed(copied) if isinstance(one, _Copy)}
        settled = threads.map(partial(_settle, home), firsts.values())
        outcomes |= zip((one.arrival.path for one in firsts.values()), settled, strict=True)
    for one in copied:
        if isinstance(one, Landed):
            continue
        if firsts[one.sha256] is not one:
            outcomes[one.arrival.path] = _settle(home, one)
    return [one if isinstance(one, Landed) else outcomes[one.arrival.path] for one in copied]


def _said(arrival: Arrival, error: Exception) -> Landed:
    """What an arrival that could not be taken is told of."""
    if isinstance(error, NotReady):
        return _landed(arrival, "waiting", str(error))
    if isinstance(error, FileNotFoundError):
        return _landed(arrival, "failed", "it vanished while it was being read")
    if isinstance(error, OSError):
        return _landed(arrival, "failed", f"{error.strerror or error}")
    return _landed(arrival, "failed", str(error))


def _landed(arrival: Arrival, outcome: Outcome, why: str, receipt: Receipt | None = None) -> Landed:
    return Landed(arrival.file_name, arrival.reporter, outcome, why, receipt)


def _copy(home: Path, arrival: Arrival, received_at: dt.datetime) -> _Copy | Landed:
    if arrival.why:
        return _landed(arrival, "waiting", arrival.why)
    try:
        return _copy_bytes(home, arrival, received_at)
    except (NotReady, OSError, ValueError) as error:
        return _said(arrival, error)


def _copy_bytes(home: Path, arrival: Arrival, received_at: dt.datetime) -> _Copy:
    descriptor = open_arrival(arrival.path)
    with os.fdopen(descriptor, "rb") as source:
        before = os.fstat(source.fileno())
        if not is_regular(before):
            raise NotReady("not an ordinary file")
        if is_open_for_writing(source.fileno()):
            raise NotReady("still being written")
        with new_file(landed_folder(home)) as (copy, temporary):
            digest = hashlib.sha256()
            while chunk := source.read(CHUNK_BYTES):
                digest.update(chunk)
                copy.write(chunk)
        try:
            _refuse_change(arrival.path, before)
        except (NotReady, OSError):
            temporary.unlink()
            raise
    return _Copy(arrival, received_at, temporary, digest.hexdigest())


def _settle(home: Path, copy: _Copy) -> Landed:
    try:
        return _settle_bytes(home, copy)
    except (OSError, ValueError) as error:
        return _said(copy.arrival, error)
    finally:
        copy.temporary.unlink(missing_ok=True)


def _settle_bytes(home: Path, copy: _Copy) -> Landed:
    """Give the copied bytes their receipt and name, then let the original go."""
    arrival, temporary, sha256 = copy.arrival, copy.temporary, copy.sha256
    known = read_receipt(home, sha256)
    receipt = known or _new_receipt(copy)
    target = landed_path(home, receipt)
    if known is not None and target.exists():
        _refuse_damage(target, sha256)
        left = _remove(arrival.path)
        return _landed(arrival, "known", "; ".join(filter(None, (_known_from(known), left))), known)
    if target.exists():
        raise ValueError(f"other bytes stand at {target.name}")
    if known is None:
        write_receipt(home, receipt)
    temporary.chmod(0o444)
    temporary.rename(target)
    sync_folder(target.parent)
    return _landed(arrival, "landed", _remove(arrival.path), receipt)


def _new_receipt(copy: _Copy) -> Receipt:
    return Receipt(
        sha256=copy.sha256,
        file_name=copy.arrival.file_name,
        landed_name=landed_name(copy.sha256, copy.arrival.file_name),
        reporter=copy.arrival.reporter,
        received_at=copy.received_at,
        size=copy.temporary.stat().st_size,
    )


def landed_name(sha256: str, file_name: str) -> str:
    """`<sha256[:16]>__<name>`: letters, digits, dots and dashes kept, the rest `_`."""
    plain = re.sub(r"[^\w.\-]+", "_", file_name).strip("._") or "file"
    stem, dot, suffix = plain.rpartition(".")
    ending = f"{dot}{suffix}" if stem and len(suffix) <= 10 else ""
    body = plain.removesuffix(ending) if ending else plain
    room = LONGEST_NAME_BYTES - len(ending.encode())
    return f"{sha256[:16]}__{body.encode()[:room].decode(errors='ignore')}{ending}"


def _refuse_change(path: Path, before: os.stat_result) -> None:
    now = path.lstat()
    seen = (now.st_ino, now.st_size, now.st_mtime_ns)
    if seen != (before.st_ino, before.st_size, before.st_mtime_ns):
        raise NotReady("still being written")


def _refuse_damage(target: Path, sha256: str) -> None:
    with target.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != sha256:
        raise ValueError(f"the landed copy {target.name} is damaged; run `baophu doctor`")


def _known_from(receipt: Receipt) -> str:
    sender = f" from {receipt.reporter}" if receipt.reporter else ""
    return f"the same bytes were received before as {receipt.file_name}{sender}"


def _remove(path: Path) -> str:
    """Let the original go; returns why it stays when the inbox cannot be emptied.

    The bytes are safe by now: what stays is taken for known every night.
    """
    try:
        path.unlink()
        sync_folder(path.parent)
    except OSError as error:
        return f"it stays in the inbox ({error.strerror})"
    return ""
