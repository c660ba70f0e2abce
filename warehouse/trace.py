"""Trace a figure back: from the mart's row to file, sheet, cell, rules, decisions, revisions."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from warehouse.rows import Record, fetch_records

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PLACES = """
SELECT
    o.observation_id, o.submission_id, s.file_name, s.revision, s.status, s.received_at,
    s.document_number, o.sheet, o.cell, o.typed_text, o.header_path, o.label_path, o.value,
    o.value_literal, o.unit, o.unit_printed, o.half_width, o.obs_status, t.title AS table_title,
    o.observation_id IN (SELECT observation_id FROM mart.figures) AS published
FROM main.observation AS o
JOIN main.submission AS s USING (submission_id)
LEFT JOIN main.source_table AS t USING (submission_id, table_id)
WHERE o.area_code = $area AND o.indicator = $indicator AND o.period = $period
    AND o.group_code = $group AND o.scenario = $scenario
ORDER BY published DESC, s.status = 'superseded', s.revision DESC, s.file_name, o.sheet,
    o.row_number, o.column_number, o.position
"""
FIGURE = """
SELECT * FROM mart.figures
WHERE area_code = $area AND indicator = $indicator AND period = $period
    AND group_code = $group AND scenario = $scenario
"""
RELATIONS = """
SELECT r.rule, r.status, r.computed, r.low, r.high, r.found, r.gap, t.part
FROM main.relation_term AS t
JOIN main.relation AS r USING (relation_id, submission_id)
WHERE t.observation_id = $id
ORDER BY r.status = 'holds', r.status, r.rule, t.part
"""
FINDINGS = """
SELECT f.finding_id, f.rule, f.severity, f.status, c.part, f.suggestion, f.message_vi, f.message_en
FROM main.finding_cell AS c
JOIN main.finding AS f USING (finding_id, submission_id)
WHERE c.submission_id = $submission AND c.sheet = $sheet AND c.cell = $cell
ORDER BY f.severity, f.finding_id
"""
DECISIONS = """
SELECT DISTINCT
    d.decision_id, d.action, d.who, d.decided_at, d.reason, d.value, d.status, d.finding_id
FROM main.decision AS d
JOIN main.decision_cell AS c USING (decision_id)
WHERE d.submission_id = $submission AND c.sheet = $sheet AND c.cell = $cell
ORDER BY d.decided_at, d.decision_id
"""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a figure says: of which area, what, when, of whom, measured or planned."""

    area: str
    indicator: str
    period: str
    group: str = "total"
    scenario: str = "actual"


@dataclass(frozen=True, slots=True)
class Place:
    """One cell that reports the figure, with all that was said of it.

    `facts` are the columns of the stored figure and its submission; `published` in them says
    whether the mart's row is made from it.
    """

    facts: Record
    relations: list[Record]
    findings: list[Record]
    decisions: list[Record]


@dataclass(frozen=True, slots=True)
class Trace:
    """The mart's row (None while no accepted submission reports it) and every place behind it.

    Places of superseded submissions come last: they are the earlier revisions.
    """

    figure: Record | None
    places: list[Place]


def trace(connection: "DuckDBPyConnection", meaning: Meaning) -> Trace:
    """Find every cell that ever reported one figure in an open publication."""
    key = asdict(meaning)
    figures = fetch_records(connection, FIGURE, key)
    places = [_place(connection, facts) for facts in fetch_records(connection, PLACES, key)]
    return Trace(figures[0] if figures else None, places)


def _place(connection: "DuckDBPyConnection", facts: Mapping[str, Any]) -> Place:
    cell = {"submission": facts["submission_id"], "sheet": facts["sheet"], "cell": facts["cell"]}
    return Place(
        facts=dict(facts),
        relations=fetch_records(connection, RELATIONS, {"id": facts["observation_id"]}),
        findings=fetch_records(connection, FINDINGS, cell),
        decisions=fetch_records(connection, DECISIONS, cell),
    )
