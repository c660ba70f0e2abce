"""Relations written out as a clerk would check them: terms, what they give, what is printed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from expectations.desk.language import Speaker, catalogue
from expectations.desk.publication import Reader, Row
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
ADDED = frozenset({"sum_groups", "sum_areas", "sum_indicators", "shares"})
DIVIDED = frozenset({"rate", "share", "index"})
COMPARED = frozenset({"part_of_group", "part_of_indicator", "ceiling"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the arithmetic: a sign, what it is, its figure, its cell when it has one."""

    sign: str
    label: str
    figure: str
    sheet: str = ""
    cell: str = ""
    kind: str = "term"


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
    named = list(zip(terms, labels(terms, say), strict=True))
    parts = [
        _line(_sign(row, term, first), term, label, say) for first, term, label in _made(named)
    ]
    tested = [_line("", term, label, say, "found") for term, label in named if _is_found(term)]
    return Arithmetic(
        row["relation_id"],
        row["rule"],
        rule_title(row["rule"], say),
        row["status"],
        row["improbable"],
        [*parts, *_verdict(row, tested, terms, say)],
        row["finding_id"] or "",
    )


def _made(named: Sequence[tuple[Row, str]]) -> list[tuple[bool, Row, str]]:
    """The terms that the computed value is made of, the dividend before its divisor."""
    order = {"count": 0, "change": 2, "base": 1}
    making = [(term, label) for term, label in named if not _is_found(term)]
    making.sort(key=lambda one: order.get(one[0]["part"], 0))
    return [(place == 0, term, label) for place, (term, label) in enumerate(making)]


def _is_found(term: Row) -> bool:
    return bool(term["part"] == "found")


def _sign(row: Row, term: Row, first: bool) -> str:
    if row["kind"] in DIVIDED:
        return "÷" if term["part"] == "base" else "" if first else "−"
    if row["kind"] in COMPARED or row["kind"] == "same_figure":
        return ""
    return "−" if term["coefficient"] < 0 else "" if first else "+"


def _line(sign: str, term: Row, label: str, say: Speaker, kind: str = "term") -> Line:
    corrected = term["value"] != term["value_literal"]
    figure = say.figure(term["value"]) if corrected else term["typed_text"].strip()
    if len(figure) > 24:  # a note's sentence holds the figure
        figure = say.figure(term["value"])
    return Line(sign, label, figure, term["sheet"], term["cell"], kind)


def _verdict(row: Row, tested: Sequence[Line], terms: Sequence[Row], say: Speaker) -> list[Line]:
    """What the terms give, what is printed there, and how far that is off."""
    if row["status"] == "unknown":
        return [*tested, Line("", say("arithmetic.unknown"), "", kind="verdict")]
    decimals = _decimals(row, terms)
    computed = say.figure(row["computed"], decimals)
    lines = []
    if row["kind"] in COMPARED:
        lines.append(Line("≤", say("arithmetic.at_most"), computed, kind="result"))
    elif row["kind"] != "same_figure":
        lines.append(Line("=", say("arithmetic.computed"), computed, kind="result"))
    lines += tested or [Line("", say("arithmetic.must_be"), say.figure(row["found"]), kind="found")]
    gap = row["gap"] or Decimal(0)
    if row["status"] == "fails" or gap:
        text = say(f"arithmetic.{row['status']}")
        lines.append(Line("", text, say.figure(gap, decimals), kind="verdict"))
    else:
        lines.append(Line("", say(f"arithmetic.{row['status']}"), "", kind="verdict"))
    return lines


def _decimals(row: Row, terms: Sequence[Row]) -> int:
    """As many decimals as tell: those printed, two more where a division made the value."""
    printed = max((one["decimals"] for one in terms if _is_found(one)), default=2)
    if row["kind"] in DIVIDED:
        return min(printed + 2, 4)
    exact = max(
        (_places(row[name]) for name in ("computed", "gap") if row[name] is not None), default=0
    )
    return min(exact, 4)


def _places(value: Decimal) -> int:
    return max(0, -int(value.normalize().as_tuple().exponent))
