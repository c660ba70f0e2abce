"""Findings: one for each relation that fails or is improbable, with its cells and its sentence."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from expectations.consequence import score_of
from expectations.rules.rule import Rule, load_rules
from expectations.sentences import Member, Outcome, message
from expectations.typing_style import Typed
from warehouse.model import Severity

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FAULTY = """
SELECT r.relation_id, r.submission_id, r.rule, r.status, r.computed, r.low, r.high, r.found, r.gap,
    coalesce(r.named, []), s.province_name
FROM judged_relation r JOIN submission s USING (submission_id)
WHERE r.status = 'fails' OR r.improbable
ORDER BY r.submission_id, r.rule, r.relation_id"""
# The few figures first, each by itself: beside them every night's observations are looked through.
FAULTY_TERM = """
CREATE OR REPLACE TEMP TABLE judged_faulty_term AS
SELECT t.relation_id, t.submission_id, t.t.part AS part,
    f.submission_id AS told_by, f.observation_id
FROM (
    SELECT relation_id, submission_id, unnest(terms) AS t FROM judged_relation
    WHERE status = 'fails' OR improbable
) t JOIN judged_any f ON f.figure = t.t.figure"""
# A semi join with few submissions skips all others' figures.
TOLD = """
CREATE OR REPLACE TEMP TABLE judged_told AS
SELECT submission_id, observation_id, table_id, row_number, column_number, position, sheet, cell,
    typed_text, value, half_width, decimals, area_name, area_level, indicator, group_code, period,
    scenario, unit, hidden
FROM observation SEMI JOIN (
    SELECT DISTINCT told_by AS submission_id FROM judged_faulty_term) USING (submission_id)"""
MEMBERS = """
SELECT t.relation_id, t.part, o.sheet, o.cell, o.typed_text, o.value, o.half_width, o.decimals,
    o.area_name, o.area_level, o.indicator, o.group_code, o.period, o.scenario,
    CASE WHEN t.told_by <> t.submission_id THEN s.file_name ELSE '' END AS other_file
FROM judged_faulty_term t
JOIN judged_told o ON o.submission_id = t.told_by AND o.observation_id = t.observation_id
JOIN submission s ON s.submission_id = t.told_by
ORDER BY t.relation_id, t.part <> 'found', o.table_id, o.row_number, o.column_number, o.position"""
# The people of an area, as the submission tells: its largest number of people there.
PEOPLE = """
SELECT submission_id, area_name, max(value) FROM judged_told
WHERE unit = 'people' AND NOT hidden GROUP BY ALL"""
FIRST_SEEN = """
SELECT finding_id, min(first_seen) FROM finding
WHERE submission_id IN (SELECT submission_id FROM judged_submission) GROUP BY finding_id"""
# What reading could not understand stays; the judgement of figures is written anew.
FORGET = """
DELETE FROM {table} WHERE finding_id IN (
    SELECT finding_id FROM finding WHERE kind <> 'reading'
    AND submission_id IN (SELECT submission_id FROM judged_submission))"""
People = dict[tuple[str, str], Decimal]


@dataclass(frozen=True, slots=True)
class Faulty:
    """A relation that fails, or that holds only by improbable rounding."""

    relation_id: str
    submission_id: str
    rule: str
    status: str
    computed: Decimal
    low: Decimal | None
    high: Decimal | None
    found: Decimal
    gap: Decimal
    named: list[str]
    province_name: str


def store_findings(connection: "DuckDBPyConnection", at: dt.datetime) -> None:
    """Write the findings of the relations just judged; one seen before keeps its first day."""
    seen = dict(connection.execute(FIRST_SEEN).fetchall())
    for table in ("finding_cell", "finding"):
        connection.execute(FORGET.format(table=table))
    rules = {rule.rule_id: rule for rule in load_rules()}
    members = _members(connection)
    faulty = [Faulty(*row) for row in connection.execute(FAULTY).fetchall()]
    people = _people(connection) if faulty else {}
    findings = []
    for one in faulty:
        finding = _finding(one, rules[one.rule], members[one.relation_id], people)
        findings.append(finding | {"first_seen": seen.get(finding["finding_id"], at)})
    _insert(connection, "finding", findings)
    _insert(connection, "finding_cell", list(_cells(faulty, members)))


def severity_of(rule: Rule, status: str) -> Severity:
    """A rule's own severity when it fails; improbable rounding is a warning at most."""
    if status == "fails" or rule.severity == "info":
        return rule.severity
    return "warning"


def _members(connection: "DuckDBPyConnection") -> dict[str, list[Member]]:
    members: dict[str, list[Member]] = defaultdict(list)
    connection.execute(FAULTY_TERM)
    connection.execute(TOLD)
    for relation_id, part, sheet, cell, *rest in connection.execute(MEMBERS).fetchall():
        text, value, half_width, decimals, *meaning = rest
        typed = Typed(text.strip(), value, half_width, decimals)
        members[relation_id].append(Member(part, sheet, cell, text, typed, *meaning))
    return members


def _people(connection: "DuckDBPyConnection") -> People:
    rows = connection.execute(PEOPLE).fetchall()
    return {(submission_id, area): people for submission_id, area, people in rows}


def _finding(one: Faulty, rule: Rule, members: Sequence[Member], people: People) -> dict[str, Any]:
    """A row of `finding`; culprit, suggestion and cause are for who locates the guilty cell."""
    outcome = Outcome(one.status, one.computed, one.found, one.low, one.high, tuple(one.named))
    told = message(rule, outcome, members, one.province_name)
    affected = people.get((one.submission_id, members[0].area_name), Decimal(0))
    return {
        "finding_id": _finding_id(one.relation_id),
        "submission_id": one.submission_id,
        "relation_id": one.relation_id,
        "rule": rule.rule_id,
        "kind": rule.kind,
        "severity": severity_of(rule, one.status),
        "status": "open",
        "sheet": members[0].sheet,
        **dict.fromkeys(("culprit_cell", "typed_text", "suggestion", "cause_id"), ""),
        "expected_low": one.low,
        "expected_high": one.high,
        "found": one.found,
        "gap": one.gap,
        "message_vi": told.vi,
        "message_en": told.en,
        "score": score_of(rule.kind, outcome, members, affected),
    }


def _finding_id(relation_id: str) -> str:
    """Findings are named after their relation, so decisions find them again tomorrow."""
    return f"f-{relation_id[:16]}"


def _cells(faulty: Iterable[Faulty], members: dict[str, list[Member]]) -> Iterable[dict[str, Any]]:
    """The cells of the finding's own submission; an earlier report's is named in the sentence."""
    for one in faulty:
        for member in (each for each in members[one.relation_id] if not each.other_file):
            yield {
                "finding_id": _finding_id(one.relation_id),
                "submission_id": one.submission_id,
                "sheet": member.sheet,
                "cell": member.cell,
                "typed_text": member.typed_text,
                "part": member.part,
            }


def _insert(connection: "DuckDBPyConnection", table: str, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    columns = list(rows[0])
    unnested = ", ".join(f"unnest(${position + 1})" for position in range(len(columns)))
    connection.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {unnested}",
        [[row[column] for row in rows] for column in columns],
    )
