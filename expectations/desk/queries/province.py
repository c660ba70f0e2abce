"""A province: its submissions, how punctual they were, what goes wrong again, what it owes back."""

from collections.abc import Sequence
from dataclasses import dataclass

from expectations.desk.publication import Reader, Row
from warehouse import reference

PROVINCES = """
WITH problems AS (
    SELECT submission_id, count(*) FILTER (severity = 'critical' AND status = 'open') AS critical,
        count(*) FILTER (status = 'returned') AS returned
    FROM main.finding GROUP BY submission_id
)
SELECT s.province_code, any_value(s.province_name) AS province_name, count(*) AS submissions,
    count(*) FILTER (s.status = 'accepted') AS accepted,
    count(*) FILTER (s.status = 'quarantined') AS quarantined,
    coalesce(sum(p.critical), 0) AS critical, coalesce(sum(p.returned), 0) AS returned,
    max(s.received_at) AS last_received
FROM main.submission s LEFT JOIN problems p USING (submission_id)
WHERE s.status NOT IN ('superseded', 'rejected') AND s.province_code <> ''
    AND ($province = '' OR s.province_code = $province)
GROUP BY s.province_code ORDER BY critical DESC, province_name"""
NAME = """
SELECT province_code, any_value(province_name) AS province_name FROM main.submission
WHERE province_code = $code GROUP BY province_code"""
SUBMISSIONS = """
SELECT t.*, s.title, s.status, coalesce(f.critical, 0) AS critical
FROM mart.timeliness t JOIN main.submission s USING (submission_id)
LEFT JOIN (
    SELECT submission_id, count(*) AS critical FROM main.finding
    WHERE severity = 'critical' AND status = 'open' GROUP BY submission_id
) f USING (submission_id)
WHERE t.province_code = $code AND s.status <> 'rejected'
ORDER BY t.reference_year DESC NULLS LAST, t.revision DESC, t.submission_id LIMIT 200"""
# What went wrong in more than one report, or more than once, whatever became of it.
SLIPS = """
SELECT f.rule, count(*) AS findings, count(DISTINCT f.submission_id) AS submissions,
    min(s.reference_year) AS first_year, max(s.reference_year) AS last_year,
    arg_max(f.finding_id, f.first_seen) AS finding_id
FROM main.finding f JOIN main.submission s USING (submission_id)
WHERE s.province_code = $code AND f.severity <> 'info'
GROUP BY f.rule ORDER BY submissions DESC, findings DESC, f.rule LIMIT 12"""
RETURNS = """
SELECT f.finding_id, f.severity, f.status, f.sheet, f.culprit_cell, f.typed_text, f.suggestion,
    f.message_vi, f.message_en, s.file_name, coalesce((
        SELECT arg_max(d.reason, d.decided_at) FROM main.decision d
        WHERE d.finding_id = f.finding_id AND d.action = 'return' AND d.status = 'active'
    ), '') AS steward_message
FROM main.finding f JOIN main.submission s USING (submission_id)
WHERE s.province_code = $code AND f.status = 'returned'
ORDER BY s.received_at, f.finding_id LIMIT 100"""
GAPS = """
SELECT year, scenario, indicator, expected_districts, reported_districts, missing_districts
FROM mart.completeness
WHERE province_code = $code AND reported_districts < expected_districts AND reported_districts > 0
ORDER BY year DESC, indicator LIMIT 40"""


@dataclass(frozen=True, slots=True)
class Province:
    """What the page of a province shows."""

    code: str
    name: str
    submissions: Sequence[Row]
    slips: Sequence[Row]
    returns: Sequence[Row]
    gaps: Sequence[Row]


def provinces(reader: Reader, province_code: str = "") -> list[Row]:
    """The provinces that have sent anything, those with most to mend first."""
    return reader.rows(PROVINCES, {"province": province_code})


def province(reader: Reader, code: str) -> Province | None:
    """The page of a province; None when there is no such province."""
    named = reader.row(NAME, {"code": code})
    name = named["province_name"] if named else _name(code)
    if not name:
        return None
    facts = {"code": code}
    return Province(
        code,
        name,
        reader.rows(SUBMISSIONS, facts),
        reader.rows(SLIPS, facts),
        reader.rows(RETURNS, facts),
        reader.rows(GAPS, facts),
    )


def _name(code: str) -> str:
    """The name that the code lists have for a province that has sent nothing yet."""
    spells = [one for one in reference.areas() if (one.level, one.code) == ("province", code)]
    return spells[-1].name if spells else ""
