"""The inbox: which files lie in it, from which reporter, and which are not ready to be taken."""

import contextlib
import fcntl
import os
import stat
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

QUIET_SECONDS = 0.5
"""A file changed more recently than this is looked at again before it is taken: a copy
between two folders of one machine writes far more often than twice a second."""

UNFINISHED_SUFFIXES = (".part", ".partial", ".tmp", ".crdownload", ".download", ".filepart")


@dataclass(frozen=True, slots=True)
class Arrival:
    """One entry of the inbox; `why` says why it must wait, "" when it may be taken."""

    path: Path
    file_name: str
    reporter: str
    why: str


def find_arrivals(inbox: Path) -> list[Arrival]:
    """Everything in the inbox, sorted by path; the first folder under it names the reporter."""
    if not inbox.is_dir():
        return []
    arrivals = [_arrival(inbox, path) for path in _walk(inbox)]
    return _without_moving(arrivals)


def is_empty(inbox: Path) -> bool:
    """Whether nothing at all lies in the inbox."""
    return not inbox.is_dir() or next(_walk(inbox), None) is None


def is_open_for_writing(descriptor: int) -> bool:
    """Whether a process still writes to this file (Linux tells by refusing a read lease).

    Where leases are unknown or not allowed (another owner's file) the answer is False,
    and only the file's size and time show that it is being written.
    """
    lease = getattr(fcntl, "F_SETLEASE", None)
    if lease is None:
        return False
    try:
        fcntl.fcntl(descriptor, lease, fcntl.F_RDLCK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    fcntl.fcntl(descriptor, lease, fcntl.F_UNLCK)
    return False


def open_arrival(path: Path) -> int:
    """Open a file of the inbox for reading; never follows a link, never waits for a pipe."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    return os.open(path, flags)


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            with contextlib.suppress(FileNotFoundError):
                yield from _walk(path)
        elif path.name != ".gitkeep":
            yield path


def _arrival(inbox: Path, path: Path) -> Arrival:
    parts = path.relative_to(inbox).parts
    reporter = clean_name(parts[0]) if len(parts) > 1 else ""
    return Arrival(path, clean_name(path.name), reporter, _why_wait(path))


def clean_name(name: str) -> str:
    """A name as text that every system can show: NFC, undecodable bytes as `?`."""
    readable = name.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", readable)


def _why_wait(path: Path) -> str:
    if path.name.startswith("~$"):
        return "lock file of an open office program"
    if path.name.startswith("."):
        return "hidden file"
    if path.name.lower().endswith(UNFINISHED_SUFFIXES):
        return "unfinished download"
    if path.is_symlink():
        return "symbolic link"
    return ""


def _without_moving(arrivals: list[Arrival]) -> list[Arrival]:
    """Look twice at the files that changed a moment ago; those that change again must wait."""
    seen = {arrival.path: _mark(arrival.path) for arrival in arrivals if not arrival.why}
    horizon = time.time_ns() - int(QUIET_SECONDS * 1e9)
    fresh = {path for path, mark in seen.items() if mark is None or mark[0] > horizon}
    if fresh:
        time.sleep(QUIET_SECONDS)
    moving = {path for path in fresh if _mark(path) != seen[path]}
    return [
        Arrival(a.path, a.file_name, a.reporter, "still being written") if a.path in moving else a
        for a in arrivals
    ]


def _mark(path: Path) -> tuple[int, int, int] | None:
    """What changes while a file is written: time, size and the file behind the name."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def is_regular(status: os.stat_result) -> bool:
    """Whether this is an ordinary file: no pipe, device or folder."""
    return stat.S_ISREG(status.st_mode)
