"""The morning page: last night in one look, and the queue ordered by consequence."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from expectations.desk.publication import Publication, Row

QUEUE_LENGTH = 20
"""Submissions on one page of the queue."""
CAUSES_SHOWN = 5

NIGHTS = "SELECT * FROM review.night ORDER BY started_at DESC LIMIT 14"
CHANGES = """
SELECT
    (SELECT count(*) FROM review.submission WHERE received_at > $since) AS new_submissions,
    (SELECT count(*) FROM review.submission WHERE received_at > $since AND revision > 1)
        AS resubmitted,
    (SELECT count(*) FROM review.finding
        WHERE first_seen > $since AND severity <> 'info' AND status <> 'superseded')
        AS new_findings,
    (SELECT count(*) FROM review.finding WHERE status = 'open' AND severity = 'critical')
        AS open_critical"""
STANDING = """
SELECT count(*) FILTER (status = 'accepted') AS accepted,
    count(*) FILTER (status = 'quarantined') AS quarantined,
    count(*) FILTER (status = 'rejected') AS rejected
FROM review.submission"""
# Most figures withheld from the marts first, then what is far outside and of many people.
QUEUE = """
WITH problems AS (
    SELECT submission_id,
        count(DISTINCT coalesce(nullif(cause_id, ''), finding_id))
            FILTER (severity = 'critical') AS critical_causes,
        count(*) FILTER (severity = 'critical') AS critical,
        count(*) FILTER (severity = 'warning') AS warnings,
        max(score) FILTER (severity = 'critical') AS score
    FROM main.finding WHERE status = 'open' GROUP BY submission_id
), figures AS (
    SELECT submission_id, count(*) AS figures FROM main.observation GROUP BY submission_id
)
SELECT s.submission_id, s.file_name, s.province_code, s.province_name, s.title, s.reference_year,
    s.received_at, s.revision, s.status, s.reason_vi, s.reason_en,
    coalesce(p.critical_causes, 0) AS critical_causes, coalesce(p.critical, 0) AS critical,
    coalesce(p.warnings, 0) AS warnings,
    CASE WHEN s.status = 'quarantined' THEN coalesce(f.figures, 0) ELSE 0 END AS withheld
FROM main.submission s
LEFT JOIN problems p USING (submission_id)
LEFT JOIN figures f USING (submission_id)
WHERE s.status IN ('quarantined', 'rejected')
    OR (s.status = 'accepted' AND coalesce(p.critical, 0) + coalesce(p.warnings, 0) > 0)
ORDER BY s.status = 'rejected' DESC, withheld DESC, p.score DESC NULLS LAST, critical_causes DESC,
    s.received_at, s.submission_id"""
CAUSES = """
SELECT submission_id, any_value(cause_id) AS cause_id,
    arg_min(finding_id, rank) AS finding_id, arg_min(severity, rank) AS severity,
    arg_min(sheet, rank) AS sheet, arg_min(culprit_cell, rank) AS culprit_cell,
    arg_min(typed_text, rank) AS typed_text, arg_min(suggestion, rank) AS suggestion,
    arg_min(message_vi, rank) AS message_vi, arg_min(message_en, rank) AS message_en,
    count(*) AS findings
FROM (
    SELECT *, CASE severity WHEN 'critical' THEN '0' ELSE '1' END || finding_id AS rank
    FROM main.finding
    WHERE status = 'open' AND severity <> 'info' AND list_contains($submissions, submission_id)
)
GROUP BY submission_id, coalesce(nullif(cause_id, ''), finding_id)
ORDER BY min(rank[1]), max(score) DESC NULLS FIRST, finding_id"""

# Repaired by a revision that came since: the province has mended what it was told.
RESOLVED = """
SELECT f.finding_id, f.severity, f.sheet, f.culprit_cell, f.message_vi, f.message_en,
    n.submission_id, n.file_name, n.province_code, n.province_name, n.reference_year
FROM main.finding f
JOIN main.supersession p ON p.superseded_id = f.submission_id
JOIN main.submission n ON n.submission_id = p.submission_id
WHERE f.status = 'resolved' AND f.severity <> 'info' AND n.received_at > $since
ORDER BY n.received_at DESC, n.submission_id,
    list_position(['critical', 'warning'], f.severity), f.finding_id LIMIT 200"""


@dataclass(frozen=True, slots=True)
class Queued:
    """One submission that waits for a steward; `causes` are its gravest, `more` the rest."""

    submission: Row
    causes: Sequence[Row]
    more: int
    taken_by: str


@dataclass(frozen=True, slots=True)
class Morning:
    """What the morning page shows; `repaired` are submissions with the findings they settled."""

    night: Row | None
    nights: Sequence[Row]
    standing: Row
    changes: Row
    queue: Sequence[Queued]
    repaired: Sequence[tuple[Row, Sequence[Row]]]
    waiting: int
    page: int
    pages: int


def morning(
    publication: Publication,
    claims: Mapping[str, str],
    *,
    province_code: str = "",
    taken_by: str = "",
    page: int = 1,
) -> Morning:
    """The morning of a publication; a province's account sees only its own queue."""
    nights = publication.remember("nights", lambda: publication.rows(NIGHTS))
    queue = publication.remember("queue", lambda: publication.rows(QUEUE))
    wanted = [
        row
        for row in queue
        if province_code in ("", row["province_code"])
        and (not taken_by or claims.get(row["submission_id"]) == taken_by)
    ]
    last = max(1, -(-len(wanted) // QUEUE_LENGTH))
    page = min(max(page, 1), last)
    shown = wanted[(page - 1) * QUEUE_LENGTH : page * QUEUE_LENGTH]
    return Morning(
        night=nights[0] if nights else None,
        nights=nights,
        standing=publication.remember("standing", lambda: publication.rows(STANDING)[0]),
        changes=publication.remember("changes", lambda: _changes(publication, nights)),
        queue=_with_causes(publication, shown, claims),
        repaired=_repaired(publication, nights, province_code),
        waiting=len(wanted),
        page=page,
        pages=last,
    )


def _changes(publication: Publication, nights: Sequence[Row]) -> Row:
    """What is new since the night before the last began."""
    return publication.rows(CHANGES, {"since": _since(nights)})[0]


def _since(nights: Sequence[Row]) -> dt.datetime:
    """When the night before the last ended."""
    since: dt.datetime = nights[1]["finished_at"] if len(nights) > 1 else dt.datetime.min
    return since


def _repaired(
    publication: Publication, nights: Sequence[Row], province_code: str
) -> list[tuple[Row, list[Row]]]:
    """The revisions that came since, each with the findings that it settled."""
    since = {"since": _since(nights)}
    rows = publication.remember("repaired", lambda: publication.rows(RESOLVED, since))
    found: dict[str, list[Row]] = {}
    for row in rows:
        if province_code in ("", row["province_code"]):
            found.setdefault(row["submission_id"], []).append(row)
    return [(own[0], own) for own in found.values()]


def _with_causes(
    publication: Publication, shown: Sequence[Row], claims: Mapping[str, str]
) -> list[Queued]:
    ids = [row["submission_id"] for row in shown]
    causes: dict[str, list[Row]] = {one: [] for one in ids}
    for cause in publication.rows(CAUSES, {"submissions": ids}):
        causes[cause["submission_id"]].append(cause)
    return [
        Queued(
            row,
            causes[row["submission_id"]][:CAUSES_SHOWN],
            max(0, len(causes[row["submission_id"]]) - CAUSES_SHOWN),
            claims.get(row["submission_id"], ""),
        )
        for row in shown
    ]
