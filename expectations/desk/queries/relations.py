"""The relations of a cell or a finding, with their terms and what tells these apart."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from expectations.desk.language import Speaker, catalogue
from expectations.desk.publication import Reader, Row
from expectations.desk.queries.arithmetic import Draft, Line, write_lines
from expectations.rules.rule import Rule, load_rules

MOST_RELATIONS = 25
"""Relations shown for one cell, the failing ones first; the rest are counted."""
OF_OBSERVATIONS = """
SELECT r.relation_id, r.submission_id, r.rule, r.kind, r.status, r.computed, r.low, r.high,
    r.found, r.gap, r.improbable, f.finding_id, f.status AS finding_status
FROM main.relation r
LEFT JOIN main.finding f
    ON f.submission_id = r.submission_id AND f.relation_id = r.relation_id
WHERE r.submission_id = $id AND r.relation_id IN (
    SELECT relation_id FROM main.relation_term
    WHERE submission_id = $id AND list_contains($observations, observation_id))
ORDER BY list_position(['fails', 'rounding', 'holds', 'unknown'], r.status), r.rule, r.relation_id
"""
ONE = """
SELECT r.relation_id, r.submission_id, r.rule, r.kind, r.status, r.computed, r.low, r.high,
    r.found, r.gap, r.improbable, '' AS finding_id, '' AS finding_status
FROM main.relation r WHERE r.submission_id = $id AND r.relation_id = $relation"""
TERMS = """
SELECT t.relation_id, t.part, t.coefficient, o.observation_id, o.submission_id, o.sheet, o.cell,
    o.typed_text, o.value, o.value_literal, o.half_width, o.decimals, o.unit, o.area_name,
    o.area_level, o.area_code, o.indicator, o.group_code, o.period, o.scenario
FROM main.relation_term t JOIN main.observation o USING (submission_id, observation_id)
WHERE t.submission_id = $id AND list_contains($relations, t.relation_id)
ORDER BY o.table_id, o.row_number, o.column_number, o.position"""
ELSEWHERE = """
SELECT t.relation_id, t.part, t.coefficient, o.observation_id, o.submission_id, o.sheet, o.cell,
    o.typed_text, o.value, o.value_literal, o.half_width, o.decimals, o.unit, o.area_name,
    o.area_level, o.area_code, o.indicator, o.group_code, o.period, o.scenario
FROM main.relation_term t JOIN main.observation o USING (observation_id)
WHERE t.submission_id = $id AND t.relation_id = $relation AND o.submission_id <> $id"""
FROM_EARLIER = frozenset({"earlier_report", "since_last_year"})
"""Kinds that compare with a report of another year, whose figure another submission holds."""


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """One relation written out; `title` is the rule in words, `lines` end with the verdict."""

    relation_id: str
    rule: str
    title: str
    status: str
    improbable: bool
    lines: Sequence[Line]
    finding_id: str


def of_observations(
    reader: Reader, submission_id: str, observation_ids: Sequence[str], say: Speaker
) -> tuple[list[Arithmetic], int]:
    """The relations that figures are in, failing ones first, and how many are not shown."""
    facts = {"id": submission_id, "observations": list(observation_ids)}
    rows = reader.rows(OF_OBSERVATIONS, facts)
    shown = rows[:MOST_RELATIONS]
    return write_out(reader, submission_id, shown, say), len(rows) - len(shown)


def of_finding(
    reader: Reader, submission_id: str, relation_id: str, say: Speaker
) -> Arithmetic | None:
    """The relation of a finding; None for findings of the reading."""
    if not relation_id:
        return None
    rows = reader.rows(ONE, {"id": submission_id, "relation": relation_id})
    return next(iter(write_out(reader, submission_id, rows, say)), None)


def write_out(
    reader: Reader, submission_id: str, relations: Sequence[Row], say: Speaker
) -> list[Arithmetic]:
    """Relations with their terms, each as a sum, a division or a comparison on paper."""
    ids = [row["relation_id"] for row in relations]
    terms: dict[str, list[Row]] = {one: [] for one in ids}
    for term in reader.rows(TERMS, {"id": submission_id, "relations": ids}):
        terms[term["relation_id"]].append(term)
    for row in relations:
        if row["kind"] in FROM_EARLIER:
            facts = {"id": submission_id, "relation": row["relation_id"]}
            terms[row["relation_id"]][:0] = reader.rows(ELSEWHERE, facts)
    return [_arithmetic(row, terms[row["relation_id"]], say) for row in relations]


def rule_title(rule_id: str, say: Speaker) -> str:
    """A rule in words."""
    rule = rules().get(rule_id)
    if rule is not None:
        return say.either(rule.title_vi, rule.title_en)
    if not rule_id.startswith("reading."):
        return rule_id
    named = f"rule.{rule_id}" in catalogue()
    what = rule_id.removeprefix("reading.").replace("_", " ")
    return say(f"rule.{rule_id}") if named else say("rule.reading", what=what)


@cache
def rules() -> Mapping[str, Rule]:
    """The declared rules by id."""
    return {rule.rule_id: rule for rule in load_rules()}


def labels(terms: Sequence[Row], say: Speaker) -> list[str]:
    """What tells the terms of a relation apart: area, indicator, group, period, in words."""
    pieces: list[tuple[str, Callable[[Row], str]]] = [
        ("area_code", lambda one: _area(one, terms, say)),
        ("indicator", lambda one: say.indicator(one["indicator"])),
        ("group_code", lambda one: say.group(one["group_code"])),
        ("period", lambda one: period_of(one, say)),
        ("scenario", lambda one: say(f"scenario.{one['scenario']}")),
    ]
    chosen = [word for name, word in pieces if _differ(terms, name)] or [pieces[1][1]]
    return [", ".join(word(term) for word in chosen) for term in terms]


def _area(term: Row, terms: Sequence[Row], say: Speaker) -> str:
    """An area's name; a province among its districts is said to be the whole (TP Hà Giang too)."""
    if term["area_level"] == "province" and _differ(terms, "area_level"):
        return say("area.whole_province", name=term["area_name"])
    return str(term["area_name"])


def period_of(row: Row, say: Speaker) -> str:
    """A period as people write it: `năm 2018`, `31/12/2018`."""
    period = str(row["period"])
    return say("period.year", period=period) if period.isdigit() else period


def _differ(terms: Iterable[Row], name: str) -> bool:
    return len({term[name] for term in terms}) > 1


def _arithmetic(row: Row, terms: Sequence[Row], say: Speaker) -> Arithmetic:
    draft = Draft(row, list(zip(terms, labels(terms, say), strict=True)), say)
    return Arithmetic(
        row["relation_id"],
        row["rule"],
        rule_title(row["rule"], say),
        row["status"],
        row["improbable"],
        write_lines(draft),
        row["finding_id"] or "",
    )
