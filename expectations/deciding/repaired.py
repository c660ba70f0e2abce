"""What a resubmission repaired: findings of earlier revisions that the living one no longer has."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from expectations.deciding.matters import MEANING, Submission

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# A finding is the same in two revisions when the same rule speaks of figures of the same meaning;
# where reading failed there is no meaning, and the cell stands for it.
WHAT = f"CASE WHEN o.observation_id IS NULL THEN c.sheet || '!' || c.cell ELSE {MEANING} END"
SHAPES = f"""
WITH said AS (
    SELECT f.submission_id, f.finding_id, f.rule, f.status, {WHAT} AS what,
        CASE WHEN o.observation_id IS NOT NULL THEN {MEANING} END AS meaning
    FROM finding f
    LEFT JOIN finding_cell c ON c.submission_id = f.submission_id AND c.finding_id = f.finding_id
    LEFT JOIN observation o
        ON o.submission_id = c.submission_id AND o.sheet = c.sheet AND o.cell = c.cell
    WHERE list_contains($old, f.submission_id) OR list_contains($new, f.submission_id)
), shape AS (
    SELECT submission_id, finding_id, rule, status, min(meaning) AS meaning,
        coalesce(string_agg(DISTINCT what, '#' ORDER BY what), '') AS whole
    FROM said GROUP BY ALL
), pair AS (SELECT unnest($old) AS old_id, unnest($new) AS new_id),
figure AS (
    SELECT DISTINCT o.submission_id, {MEANING} AS meaning FROM observation o
    WHERE list_contains($new, o.submission_id)
)
UPDATE finding SET status = decided.status FROM (
    SELECT s.finding_id, s.submission_id,
        CASE WHEN n.finding_id IS NULL AND (s.meaning IS NULL OR g.meaning IS NOT NULL)
            THEN 'resolved' ELSE 'superseded' END AS status
    FROM shape s JOIN pair p ON p.old_id = s.submission_id
    LEFT JOIN shape n ON n.submission_id = p.new_id AND n.rule = s.rule AND n.whole = s.whole
        AND n.status <> 'resolved'
    LEFT JOIN figure g ON g.submission_id = p.new_id AND g.meaning = s.meaning
    WHERE s.status IN ('open', 'superseded', 'returned')
) decided
WHERE finding.finding_id = decided.finding_id
    AND finding.submission_id = decided.submission_id"""


def mark_repaired(
    connection: "DuckDBPyConnection",
    submissions: Sequence[Submission],
    series: Collection[str] | None = None,
) -> None:
    """Mark findings of superseded revisions: `resolved` when the living one has them no more.

    Those that the living revision still has stay `superseded`, it has findings of its own; so
    do those whose figures it leaves out.
    """
    living = {one.series: one for one in submissions if one.is_judged}
    pairs = [
        (old.submission_id, living[old.series].submission_id)
        for old in submissions
        if old.status == "superseded" and old.series in living
        if series is None or old.series in series
    ]
    if pairs:
        old, new = (list(ids) for ids in zip(*pairs, strict=True))
        connection.execute(SHAPES, {"old": old, "new": new}).fetchall()
