"""Closing a night: its ledger row, the publication when anything changed, the report."""

import datetime as dt
import logging
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from flows import ledger
from flows.night import InboxFile, NightReport, SubmissionLine, decide_state
from warehouse.migrations import utc_now
from warehouse.places import current_link
from warehouse.rows import fetch_records

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from expectations.deciding.applying import Applied

logger = logging.getLogger("baophu.night")

LINES = """
SELECT submission_id, file_name, province_name, status, reason, reason_vi, reason_en,
    (SELECT count(*) FROM observation o WHERE o.submission_id = s.submission_id) AS observations,
    (SELECT count(*) FROM finding f WHERE f.submission_id = s.submission_id
        AND f.status = 'open' AND f.severity = 'critical') AS critical,
    (SELECT count(*) FROM finding f WHERE f.submission_id = s.submission_id
        AND f.status = 'open' AND f.severity = 'warning') AS warnings,
    (SELECT coalesce(max(f.score), 0) FROM finding f WHERE f.submission_id = s.submission_id
        AND f.status = 'open' AND f.severity <> 'info') AS score
FROM submission s
WHERE list_contains($ids, submission_id)
ORDER BY file_name, submission_id
"""
LAST_HASH = """
SELECT content_hash FROM main.night ORDER BY rowid DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What passed through the night: its submissions, and the faults of machine and rules."""

    submission_ids: tuple[str, ...]
    faults: tuple[str, ...]


def close(
    home: Path, started_at: dt.datetime, inbox: tuple[InboxFile, ...], seen: Seen
) -> NightReport:
    """Apply the stewards' decisions, write the night down, publish what is new, and report."""
    from expectations.deciding.applying import apply_decisions  # noqa: PLC0415
    from warehouse.database import open_working, transaction  # noqa: PLC0415

    with open_working(home) as connection:
        applied = apply_decisions(connection, home)
        _tell(applied)
        seen = replace(seen, faults=(*seen.faults, *applied.faults))
        records = fetch_records(connection, LINES, {"ids": list(seen.submission_ids)})
        lines = tuple(SubmissionLine(**record) for record in records)
        state, reason = decide_state(inbox, lines, seen.faults)
        content = _content(connection, home, started_at, lines)
        interrupted = ledger.note_interrupted(connection, started_at)
        report = NightReport(
            night_id=ledger.name_night(started_at),
            started_at=started_at,
            finished_at=utc_now(),
            state=state,
            reason=reason,
            inbox=inbox,
            submissions=lines,
            faults=seen.faults,
            content_hash=content,
            publication="",
            published_now=False,
            interrupted=tuple(interrupted),
            lapsed=len(applied.lapsed),
            unmatched=len(applied.unmatched),
            expired=len(applied.expired),
        )
        with transaction(connection):
            ledger.end(connection, report)
        report = _publish(connection, home, report)
    return _write_lake(home, report)


def _content(
    connection: "DuckDBPyConnection",
    home: Path,
    started_at: dt.datetime,
    lines: tuple[SubmissionLine, ...],
) -> str:
    """The hash of all content; that of the night before when nothing can have changed since."""
    from warehouse.content import kept_content_hash  # noqa: PLC0415
    from warehouse.database import transaction  # noqa: PLC0415
    from warehouse.decisions import all_decisions  # noqa: PLC0415

    untouched = not lines and not all_decisions(home)
    known = ledger.last_content(connection, started_at) if untouched else ""
    if known:
        return known
    with transaction(connection):
        return kept_content_hash(connection)


def _tell(applied: "Applied") -> None:
    """Say which decisions no longer count; `baophu decisions` says why."""
    for word in ("lapsed", "unmatched", "expired"):
        if count := len(getattr(applied, word)):
            logger.warning("%d decisions %s", count, word)


def _publish(connection: "DuckDBPyConnection", home: Path, report: NightReport) -> NightReport:
    """Publish unless the current publication holds this very content, made as it is today."""
    from warehouse.publish import is_stale, publish  # noqa: PLC0415

    current = current_link(home)
    stale = published_hash(current) != report.content_hash or is_stale(home)
    if stale:
        publish(connection, home)
    return replace(report, publication=str(current), published_now=stale)


def _write_lake(home: Path, report: NightReport) -> NightReport:
    """Write what is published to the lake, when there is one; the next night makes up a failure."""
    from flows import lake  # noqa: PLC0415

    if not lake.is_wanted():
        return report
    try:
        lake.write_publication(home)
    except lake.LakeFailed as failed:
        logger.error("%s", failed)
        faults = (*report.faults, f"{failed} The next night, or `baophu lake write`, does it.")
        state, reason = decide_state(report.inbox, report.submissions, faults)
        return replace(report, faults=faults, state=state, reason=reason)
    return report


def published_hash(current: Path) -> str:
    """The content hash of the current publication, "" when there is none to read.

    It is that of the last night it holds: a night writes its row before it publishes. The last
    one written, not the latest: the clock may have been set back.
    """
    import duckdb  # noqa: PLC0415

    from warehouse.database import NoPublication, open_published  # noqa: PLC0415

    try:
        with open_published(current) as connection:
            rows = connection.execute(LAST_HASH).fetchall()
    except (NoPublication, duckdb.Error):
        return ""  # a publication that cannot be read is replaced
    return str(rows[0][0]) if rows else ""
