"""The outbox: every letter of a home, in SQLite, kept with what became of it.

A letter has a key; the same key is written once, so a night that runs twice tells once. A letter
that could not be sent stays and is tried again the next time. Killed between the sending and
the note of it, a letter goes out twice, under the same Message-ID.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from warehouse.migrations import utc_now
from warehouse.places import warehouse_folder

SCHEMA = """
CREATE TABLE IF NOT EXISTS letter (
    key TEXT NOT NULL,
    channel TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    written_at TEXT NOT NULL,
    sent_at TEXT,
    tries INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (key, channel, recipient)
)"""
WAITING = """
SELECT key, channel, recipient, subject, body FROM letter
WHERE sent_at IS NULL AND tries < ? ORDER BY written_at, key, channel, recipient"""
NOTE = """
UPDATE letter SET tries = tries + 1, error = ?, sent_at = ?
WHERE key = ? AND channel = ? AND recipient = ?"""
MOST_TRIES = 14
"""Two weeks of nights; then a person must look at the error."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one recipient over one channel (`mail`, `webhook`)."""

    key: str
    channel: str
    recipient: str
    subject: str
    body: str


def write(home: Path, letters: Sequence[Letter]) -> int:
    """Put letters into the outbox; returns how many were not there before."""
    now = utc_now().isoformat()
    with _open(home) as outbox:
        before = outbox.total_changes
        outbox.executemany(
            "INSERT OR IGNORE INTO letter (key, channel, recipient, subject, body, written_at) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            [(one.key, one.channel, one.recipient, one.subject, one.body, now) for one in letters],
        )
        return outbox.total_changes - before


def send(home: Path, deliver: Callable[[Letter], None]) -> tuple[int, list[str]]:
    """Send every waiting letter; returns how many went out, and why others did not.

    `deliver` raises OSError (SMTP's errors are) when a letter could not be sent.
    """
    sent, faults = 0, []
    with _open(home) as outbox:
        rows = outbox.execute(WAITING, (MOST_TRIES,)).fetchall()
        for letter in (Letter(*row) for row in rows):
            moment, fault = None, ""
            try:
                deliver(letter)
                moment = utc_now().isoformat()
                sent += 1
            except OSError as error:
                fault = f"{type(error).__name__}: {error}"
                faults.append(f"{letter.channel} to {letter.recipient}: {fault}")
            named = (letter.key, letter.channel, letter.recipient)
            outbox.execute(NOTE, (fault, moment, *named))
            outbox.commit()
    return sent, faults


@contextmanager
def _open(home: Path) -> Iterator[sqlite3.Connection]:
    path = warehouse_folder(home) / "letters.sqlite"
    path.parent.mkdir(parents=True, exist_ok=True)
    outbox = sqlite3.connect(path, timeout=30)
    try:
        outbox.execute("PRAGMA journal_mode = WAL")
        outbox.execute(SCHEMA)
        with outbox:
            yield outbox
    finally:
        outbox.close()
