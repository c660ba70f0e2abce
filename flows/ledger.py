"""The ledger of nights: a row when a night begins to store, written to its end when it closes.

A row that still says Running while no other night can be at work (the lock is ours) is a night
that was killed, or whose machine stopped; the next night says so and goes on with what it left.
"""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from flows.night import NightReport
from warehouse.migrations import utc_now

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

BEGIN = "INSERT INTO night VALUES (?, ?, NULL, 'Running', '', 0, 0, 0, 0, '')"
INTERRUPTED = """
UPDATE night SET state = 'Interrupted', finished_at = $now,
    reason = 'it did not come to its end; the night ' || $night || ' went on with what it left'
WHERE state = 'Running' AND night_id <> $night"""
# Unchanged only when the night before came to its end, after the last change of the schema. The
# night before is the row that was written last: the clock may have been set back since.
LAST = """
SELECT content_hash
FROM (FROM night WHERE night_id <> $night ORDER BY rowid DESC LIMIT 1)
WHERE state NOT IN ('Running', 'Interrupted')
    AND finished_at > (SELECT max(applied_at) FROM migration)"""


def name_night(started_at: dt.datetime) -> str:
    """The name of a night: the moment (UTC) at which it began."""
    return f"{started_at:%Y%m%dT%H%M%S.%f}Z"


def begin(connection: "DuckDBPyConnection", started_at: dt.datetime) -> None:
    """Write down that a night begins; a step that is tried again writes it once."""
    night = name_night(started_at)
    known = connection.execute("SELECT 1 FROM night WHERE night_id = ?", [night]).fetchall()
    if not known:
        connection.execute(BEGIN, [night, started_at]).fetchall()


def last_content(connection: "DuckDBPyConnection", started_at: dt.datetime) -> str:
    """The content hash with which the night before ended, "" when that cannot be relied on."""
    rows = connection.execute(LAST, {"night": name_night(started_at)}).fetchall()
    return str(rows[0][0]) if rows else ""


def note_interrupted(connection: "DuckDBPyConnection", started_at: dt.datetime) -> Sequence[str]:
    """Mark the nights that never came to their end; gives their names."""
    night = name_night(started_at)
    rows = connection.execute(
        "SELECT night_id FROM night WHERE state = 'Running' AND night_id <> ? ORDER BY ALL", [night]
    ).fetchall()
    if rows:
        connection.execute(INTERRUPTED, {"now": utc_now(), "night": night}).fetchall()
    return [name for (name,) in rows]


def end(connection: "DuckDBPyConnection", report: NightReport) -> None:
    """Write a night to its end."""
    connection.execute("DELETE FROM night WHERE night_id = ?", [report.night_id]).fetchall()
    connection.execute(
        "INSERT INTO night VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            report.night_id,
            report.started_at,
            report.finished_at,
            report.state,
            report.reason,
            len(report.submissions),
            report.count("accepted"),
            report.count("quarantined"),
            report.count("rejected"),
            report.content_hash,
        ],
    ).fetchall()
