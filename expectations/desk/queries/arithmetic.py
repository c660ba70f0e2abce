"""A relation written out as a clerk would check it on paper: its terms, its result, the verdict."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from expectations.desk.language import Speaker
from expectations.desk.publication import Row
from expectations.typing_style import Typed, TypingStyle, plain, style_of

FIGURE = re.compile(r"[\d\s.,()%+\u2212-]{1,24}")
"""A typed text that is a figure alone; a note's sentence holds its figure among words."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the arithmetic: a sign, what it is, its figure, its cell when it has one."""

    sign: str
    label: str
    figure: str
    sheet: str = ""
    cell: str = ""
    kind: str = "term"
    submission_id: str = ""


@dataclass(frozen=True)
class Draft:
    """One relation about to be written out: its row, its terms with their labels."""

    row: Row
    terms: Sequence[tuple[Row, str]]
    say: Speaker

    def of(self, *parts: str) -> list[tuple[Row, str]]:
        """The terms of these parts, in the order of the parts."""
        return [one for part in parts for one in self.terms if one[0]["part"] == part]

    def lines(self, part: str, sign: str = "", kind: str = "term") -> list[Line]:
        """A line for each term of a part."""
        return [self.line(term, label, sign, kind) for term, label in self.of(part)]

    def line(self, term: Row, label: str, sign: str = "", kind: str = "term") -> Line:
        """A term with its figure and the cell that holds it."""
        place = (term["sheet"], term["cell"])
        return Line(sign, label, self.figure(term), *place, kind, term["submission_id"])

    def figure(self, term: Row) -> str:
        """A term's figure as it was typed; corrected, or in mixed units, in the base unit."""
        typed, scale = str(term["typed_text"]).strip(), self.scales.get(term["unit"])
        as_typed = term["value"] == term["value_literal"] and scale and FIGURE.fullmatch(typed)
        return typed if as_typed else self.written(term["value"] / (scale or 1))

    def amount(self, value: Decimal | None, decimals: int | None = None) -> str:
        """A computed value in the unit that its figures are printed in."""
        places = self.decimals if decimals is None else decimals
        scaled = None if value is None else value / (self.scales.get(self.unit) or 1)
        return self.written(scaled, places) + ("%" if self.unit == "percent" else "")

    def written(self, value: Decimal | None, decimals: int | None = None) -> str:
        """A figure with the marks that the clerk types, so that all lines read alike."""
        if value is None:
            return self.say.figure(None)
        return self.style.written(value, min(plain(value), 4) if decimals is None else decimals)

    @cached_property
    def style(self) -> TypingStyle:
        """The marks of thousands and decimals that the terms show."""
        known = style_of(_typed(term) for term, _ in self.terms)
        return TypingStyle(known.thousands, known.decimal)

    @cached_property
    def unit(self) -> str:
        """The unit of what is tested."""
        units = [str(term["unit"]) for term, _ in self.of("found") or self.terms]
        return next(iter(units), "")

    @cached_property
    def scales(self) -> Mapping[str, Decimal | None]:
        """By unit how many one printed unit is (thousands: 1000); None where that differs."""
        found: dict[str, set[Decimal]] = {}
        for term, _ in self.terms:
            found.setdefault(term["unit"], set()).add(_typed(term).factor)
        return {unit: next(iter(all_)) if len(all_) == 1 else None for unit, all_ in found.items()}

    @cached_property
    def decimals(self) -> int:
        """As many decimals as tell: those printed, two more where a division made the value."""
        printed = max((term["decimals"] for term, _ in self.of("found")), default=2)
        if self.row["kind"] in DIVIDED:
            return min(int(printed) + 2, 4)
        scale = self.scales.get(self.unit) or 1
        said = [self.row[name] for name in ("computed", "gap") if self.row[name] is not None]
        return min(max((plain(one / scale) for one in said), default=0), 4)


def _typed(term: Row) -> Typed:
    value, half = term["value_literal"], term["half_width"] or Decimal(0)
    return Typed(str(term["typed_text"]), value, half, int(term["decimals"] or 0))


def write_lines(draft: Draft) -> list[Line]:
    """The lines of a relation in the manner of its kind; the last is the verdict."""
    writer = WRITERS.get(draft.row["kind"], _plainly)
    if draft.row["status"] != "unknown":
        return writer(draft)
    shown = [line for part in _parts(draft) for line in draft.lines(part, kind=_look(part))]
    return [*shown, Line("", draft.say("arithmetic.unknown"), "", kind="verdict")]


def _parts(draft: Draft) -> list[str]:
    """The parts as they are written: what is taken away behind the others, the tested one last."""
    named = {term["part"]: term["coefficient"] for term, _ in draft.terms}
    return sorted(named, key=lambda part: (part == "found", named[part] < 0))


def _look(part: str) -> str:
    return "found" if part == "found" else "term"


def _verdict(draft: Draft, off: Decimal | None = None, key: str = "") -> Line:
    """How it came out, and by how much it is off; as a rule what is computed less what stands."""
    status, gap = draft.row["status"], draft.row["gap"] or Decimal(0)
    if status == "holds" and not gap:
        return Line("", draft.say("arithmetic.holds"), "", kind="verdict")
    word = draft.say(f"arithmetic.{key or status}" if status != "holds" else "arithmetic.holds")
    figure = "" if status == "holds" else draft.amount(-gap if off is None else off)
    return Line("", word, figure, kind="verdict")


def _result(draft: Draft, sign: str = "=", key: str = "computed") -> Line:
    said = draft.say(f"arithmetic.{key}")
    return Line(sign, said, draft.amount(draft.row["computed"]), kind="result")


def _bounds(draft: Draft, key: str = "between") -> list[Line]:
    low, high = draft.row["low"], draft.row["high"]
    if low is None or high is None:
        return []
    figure = draft.say("finding.between", low=draft.amount(low), high=draft.amount(high))
    return [Line("", draft.say(f"arithmetic.{key}"), figure, kind="result")]


def _added(draft: Draft) -> list[Line]:
    """Terms added and taken away; what stands there; the difference."""
    parts = draft.of(*(part for part in _parts(draft) if part != "found"))
    signed = [
        draft.line(term, label, "−" if term["coefficient"] < 0 else "+" if place else "")
        for place, (term, label) in enumerate(parts)
    ]
    stands = draft.lines("found", kind="found") or [_must_be(draft)]
    return [*signed, _result(draft), *stands, _verdict(draft)]


def _must_be(draft: Draft) -> Line:
    return Line("", draft.say("arithmetic.must_be"), draft.amount(draft.row["found"]), kind="found")


def _divided(draft: Draft) -> list[Line]:
    """A part over its whole; an index over this year less its change where last is not printed."""
    lines = draft.lines("count") + draft.lines("base", "÷")
    for (change, _), (count, label) in zip(draft.of("change"), draft.of("count"), strict=False):
        over = f"({draft.figure(count)} − {draft.figure(change)})"
        less = draft.say("arithmetic.less_change", what=label)
        lines.append(replace(draft.line(change, less, "÷"), figure=over))
    return [*lines, _result(draft), *draft.lines("found", kind="found"), _verdict(draft)]


def _at_most(draft: Draft) -> list[Line]:
    """A part beside the whole that it may not exceed."""
    others = [line for part in _parts(draft) if part != "found" for line in draft.lines(part)]
    verdict = _verdict(draft, draft.row["gap"], "exceeds")
    found = draft.lines("found", kind="found")
    return [*others, _result(draft, "≤", "at_most"), *found, verdict]


def _twice(draft: Draft) -> list[Line]:
    """One figure that stands in two places."""
    others = [line for part in _parts(draft) if part != "found" for line in draft.lines(part)]
    return [*others, *draft.lines("found", kind="found"), _verdict(draft)]


def _grown(draft: Draft) -> list[Line]:
    """Last year's figure, what it should have grown to, and what stands there."""
    usual = _result(draft, "≈", "usual")
    lines = [*draft.lines("previous"), usual, *_bounds(draft), *draft.lines("found", kind="found")]
    return [*lines, _verdict(draft)]


def _within(draft: Draft) -> list[Line]:
    """A figure between two bounds; of parts the least and the greatest are named."""
    parts = sorted(draft.of("term"), key=lambda one: one[0]["value"])
    ends = [parts[0], parts[-1]] if len(parts) > 1 else parts
    named = [draft.line(term, label) for term, label in ends]
    return [*named, *_bounds(draft), *draft.lines("found", kind="found"), _verdict(draft)]


def _per_head(draft: Draft) -> list[Line]:
    """An amount over the people it is for, beside what one of them may take."""
    people = sum((term["value"] for term, _ in draft.of("people")), Decimal(0))
    lines = draft.lines("found", kind="found") + draft.lines("people", "÷")
    if not people:
        return [*lines, _verdict(draft)]
    each, low, high = (
        draft.written(draft.row[name] / people, 2) for name in ("found", "low", "high")
    )
    bounds = draft.say("finding.between", low=low, high=high)
    lines.append(Line("=", draft.say("arithmetic.each"), each, kind="result"))
    return [*lines, Line("", draft.say("arithmetic.between"), bounds), _verdict(draft)]


def _implied(draft: Draft) -> list[Line]:
    """The people of whom a count is that share, last year and this."""
    lines = []
    for people, rate in (("last_people", "last_rate"), ("found", "rate")):
        lines += [*draft.lines(people), *draft.lines(rate, "÷")]
        made = _quotient(draft, people, rate)
        lines.append(Line("=", draft.say("arithmetic.people"), made, kind="result"))
    return [*lines, *_bounds(draft), _verdict(draft)]


def _quotient(draft: Draft, people: str, rate: str) -> str:
    counted = sum((term["value"] for term, _ in draft.of(people)), Decimal(0))
    percent = sum((term["value"] for term, _ in draft.of(rate)), Decimal(0))
    return draft.written(counted * 100 / percent if percent else None, 0)


def _weighted(draft: Draft) -> list[Line]:
    """The people that each district's count and rate imply, added up."""
    rates = {term["area_code"]: term for term, _ in draft.of("rate")}
    lines = []
    for place, (count, _) in enumerate(draft.of("people")):
        rate = rates[count["area_code"]]
        division = f"{count['area_name']}: {draft.figure(count)} ÷ {draft.figure(rate)}"
        made = count["value"] * 100 / rate["value"] if rate["value"] else None
        line = draft.line(count, division, "+" if place else "")
        lines.append(replace(line, figure=draft.written(made, 0)))
    result = replace(_result(draft), figure=draft.amount(draft.row["computed"], 0))
    gap = draft.row["gap"] or Decimal(0)
    verdict = Line("", _verdict(draft).label, draft.amount(-gap, 0), kind="verdict")
    return [*lines, result, *draft.lines("found", kind="found"), verdict]


def _stepped(draft: Draft) -> list[Line]:
    """A step from one year to the next beside the nearest round one."""
    step = draft.amount(draft.row["found"])
    round_one = draft.amount(draft.row["computed"])
    return [
        *draft.lines("found"),
        *draft.lines("previous", "−"),
        Line("=", draft.say("arithmetic.step"), step, kind="result"),
        Line("", draft.say("arithmetic.round_step"), round_one, kind="found"),
        _verdict(draft),
    ]


def _counted(draft: Draft) -> list[Line]:
    """How many there should be and how many there are."""
    wanted, there = (draft.say.figure(draft.row[name], 0) for name in ("computed", "found"))
    gap = draft.say.figure(-(draft.row["gap"] or Decimal(0)), 0)
    missing = draft.row["status"] == "fails"
    verdict = draft.say("arithmetic.missing" if missing else "arithmetic.holds")
    return [
        Line("", draft.say("arithmetic.wanted"), wanted, kind="term"),
        Line("", draft.say("arithmetic.there"), there, kind="found"),
        Line("", verdict, gap if missing else "", kind="verdict"),
    ]


def _plainly(draft: Draft) -> list[Line]:
    """The terms one below the other, what is reasonable, and the verdict."""
    others = [line for part in _parts(draft) if part != "found" for line in draft.lines(part)]
    found = draft.lines("found", kind="found")
    return [*others, *_bounds(draft), *found, _verdict(draft)]


DIVIDED = frozenset({"rate", "share", "index", "plan_ratio"})
WRITERS: Mapping[str, Callable[[Draft], list[Line]]] = {
    **dict.fromkeys(("sum_groups", "sum_areas", "sum_indicators", "shares", "change"), _added),
    **dict.fromkeys(DIVIDED, _divided),
    **dict.fromkeys(("part_of_group", "part_of_indicator", "ceiling", "rising"), _at_most),
    **dict.fromkeys(("same_figure", "equal_groups"), _twice),
    **dict.fromkeys(("magnitude", "range_of_parts"), _within),
    **dict.fromkeys(("areas_present", "groups_present", "series_gap"), _counted),
    "growth": _grown,
    "per_head": _per_head,
    "implied": _implied,
    "weighted": _weighted,
    "regular_steps": _stepped,
}
