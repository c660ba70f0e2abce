"""A night: the lock that keeps it alone, what it did, and the state it ends in."""

import datetime as dt
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from warehouse.places import lock_file

NightState = Literal["Completed", "NeedsReview", "Incomplete"]


class NightBusy(RuntimeError):
    """Another night is at work in this home."""


@dataclass(frozen=True, slots=True)
class InboxFile:
    """One file of the inbox and what became of it: landed, known, waiting or failed."""

    file_name: str
    reporter: str
    outcome: str
    why: str


@dataclass(frozen=True, slots=True)
class SubmissionLine:
    """One submission that the night read: a row of the summary.

    `score`: the people that its most consequential open finding is about.
    """

    submission_id: str
    file_name: str
    province_name: str
    status: str
    reason: str
    reason_vi: str
    reason_en: str
    observations: int
    critical: int
    warnings: int
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class NightReport:
    """What a night did and how it ended.

    `interrupted` names earlier nights that never came to their end, whose work this one did;
    `lapsed`, `unmatched` and `expired` are how many decisions no longer count (`baophu decisions`
    says why); `seconds` is wall time by step.
    """

    night_id: str
    started_at: dt.datetime
    finished_at: dt.datetime
    state: NightState
    reason: str
    inbox: tuple[InboxFile, ...]
    submissions: tuple[SubmissionLine, ...]
    faults: tuple[str, ...]
    content_hash: str
    publication: str
    published_now: bool
    interrupted: tuple[str, ...] = ()
    lapsed: int = 0
    unmatched: int = 0
    expired: int = 0
    seconds: tuple[tuple[str, float], ...] = ()

    def count(self, status: str) -> int:
        """How many of the night's submissions ended with a status."""
        return sum(line.status == status for line in self.submissions)


def decide_state(
    inbox: tuple[InboxFile, ...],
    submissions: tuple[SubmissionLine, ...],
    faults: tuple[str, ...],
) -> tuple[NightState, str]:
    """How a night ends, and the reason in one sentence.

    A workbook that is refused, or that contradicts itself, is a result that somebody must
    look at (NeedsReview); a fault of the machine or of our own code leaves the night Incomplete.
    """
    troubles = [f"{file.file_name}: {file.why}" for file in inbox if file.outcome == "failed"]
    troubles += [f"{line.file_name}: {line.reason_en}" for line in submissions if _errored(line)]
    troubles += faults
    if troubles:
        return "Incomplete", "; ".join(troubles)
    if not submissions:
        return "Completed", "nothing new"
    held = [line for line in submissions if line.status in {"quarantined", "rejected"}]
    return ("NeedsReview" if held else "Completed"), _counts(submissions)


def _errored(line: SubmissionLine) -> bool:
    """Whether reading broke on a workbook, rather than refused it for what it is."""
    return line.reason == "reading.failed"


def _counts(submissions: tuple[SubmissionLine, ...]) -> str:
    """How many submissions ended how: `4 accepted, 1 quarantined`."""
    statuses = ("accepted", "quarantined", "rejected", "superseded")
    counts = {status: sum(line.status == status for line in submissions) for status in statuses}
    return ", ".join(f"{count} {status}" for status, count in counts.items() if count)


@contextmanager
def night_lock(home: Path) -> Iterator[None]:
    """Let one night at a time work in a home; the lock goes with the process, even when killed."""
    path = lock_file(home)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(descriptor, 20, 0).decode(errors="replace").strip()
            raise NightBusy(
                f"Another night (process {holder}) is at work in {home}; "
                "let it end, then try again."
            ) from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def is_at_work(home: Path) -> bool:
    """Whether a night (or a backup) holds the home's lock now."""
    path = lock_file(home)
    if not path.exists():
        return False
    with path.open("rb") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
