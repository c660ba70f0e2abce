"""The meaning of a figure: what its row's labels, its column's heads and its table say together.

The nearest label that speaks of a dimension decides it; two labels equally near
that disagree are a contradiction, which is a finding and never a guess.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

from expectations.periods import Period
from expectations.vocabulary import Meaning, Unit
from flows.reading.areas import Place, names_commune
from flows.reading.groups import fits, implied_subject, payer_groups, resolve_group
from flows.reading.indicators import NOT_HELD, Words, is_unlisted, resolve_indicator, units
from flows.reading.path import PERCENT_MODIFIERS, Label, Path, Said, Terms, year_before
from warehouse.reference import Area

_PERCENT = Unit("percent", 1, "%")
_DEPTHS = {"country": 0, "province": 1, "district": 2, "commune": 3}
_APART = ("percent", "VND")  # what nothing else is printed in


@dataclass(frozen=True)
class Sense:
    """What figures mean but for their place, or the reason (a wording key) why nothing.

    All figures whose row and column say the same share one, and what it tells of them.
    """

    indicator: str = ""
    group: str = "total"
    period: Period | None = None
    scenario: str | None = None
    unit: Unit | None = None
    score: float = 1.0
    problem: str = ""
    facts: tuple[tuple[str, str], ...] = ()

    @cached_property
    def told_period(self) -> str:
        """The period as text."""
        return str(self.period)


@dataclass
class Surroundings:
    """What a table's captions, notes and workbook say for figures whose labels do not."""

    captions: list[Meaning]
    notes: list[Meaning]
    province: Area
    period: Period | None
    is_inferred: bool = False
    groups: tuple[str, ...] = ()
    district: Area | None = None
    implied: str | None = None  # what the unit line alone can count: "lượt" are visits
    known: dict[tuple[int, int, bool], Sense] = field(default_factory=dict)

    @cached_property
    def subject(self) -> str | None:
        """The subject of the nearest caption that has one."""
        return self._first("subject", self.captions) or self.implied

    @cached_property
    def scheme(self) -> str | None:
        """The one scheme that the captions speak of; None where they name several."""
        for meaning in self.captions:
            schemes = meaning.all("scheme")
            if schemes:
                return schemes[0] if len(schemes) == 1 and schemes[0] != "many" else None
        return None

    @cached_property
    def modifiers(self) -> frozenset[str]:
        """How the nearest caption with a subject expresses it."""
        for meaning in self.captions:
            if meaning.first("subject"):
                return _of_caption(frozenset(meaning.all("modifier")))
        return frozenset()

    @cached_property
    def scope(self) -> str | None:
        """Whose spending: said by the notes first (`gồm cả đa tuyến đi ngoại tỉnh`)."""
        return self._first("scope", [*self.notes, *self.captions])

    @cached_property
    def care(self) -> str | None:
        """Inpatient or outpatient, where a caption says so."""
        return self._first("care", self.captions)

    @cached_property
    def said(self) -> "Around":
        """All of this but for the places."""
        period = self.period and replace(self.period, is_inferred=self.is_inferred)
        measure = (self.subject, self.scheme, self.modifiers, self.scope, self.care)
        return Around(*measure, self.groups, period)

    @staticmethod
    def _first(dimension: str, meanings: list[Meaning]) -> str | None:
        return next((value for m in meanings if (value := m.first(dimension))), None)


class Around(NamedTuple):
    """What the surroundings of a table say of its figures but for their place."""

    subject: str | None
    scheme: str | None
    modifiers: frozenset[str]
    scope: str | None
    care: str | None
    groups: tuple[str, ...]
    period: Period | None


def _of_caption(modifiers: frozenset[str]) -> frozenset[str]:
    """`So sánh số người tham gia năm 2020 với 2019` is over counts, not over changes alone."""
    return modifiers - {"vs_previous"} if "ratio" not in modifiers else modifiers


def make_sense(
    row: Path, column: Path, around: Surroundings, percent: bool
) -> tuple[Sense, Area | None]:
    """The meaning and the place of the figure where a row and a column meet.

    `percent` says that the cell itself carries a percent sign, which makes a rate of
    a row of counts (`94,6%` below `Số đối tượng`). Without a place there is a problem.
    """
    # A row that says nothing known does not get its meaning from the title alone.
    if label := row.unclear or column.unclear or row.silent:
        return _unknown(label), None
    key = (id(row.said), id(column.said), percent)
    sense = around.known.get(key)
    if sense is None:
        sense = around.known[key] = _said_together(row.said, column.said, around.said, percent)
    if sense.period is None:
        return sense, None
    if column.place is None and (row.place is None or row.area):
        return sense, row.area or around.province  # as nearly always
    area = _area(row.place, column.place, around, sense.period)
    return (area, None) if isinstance(area, Sense) else (sense, area)


@lru_cache(maxsize=50_000)
def _said_together(row: Said, column: Said, around: Around, percent: bool) -> Sense:
    """What a row and a column say together; the same in every table of a report's form."""
    is_span = row.is_ranged or column.is_ranged  # "Năm học 2018-2019" is no year
    if is_span or (row.terms.modifiers | column.terms.modifiers) & NOT_HELD:
        return _problem("reading.not_collected")  # "Tốc độ tăng bình quân 2015-2018 (%)"
    period = _period(row, column, around)
    if isinstance(period, Sense):
        return period
    indicator, group, problem = _measured(row.terms, column.terms, around, percent)
    if problem is not None:
        return replace(problem, period=period)
    said = [unit for unit in (row.unit, column.unit, _PERCENT if percent else None) if unit]
    if said and not any(can_print(unit, indicator) for unit in said):
        facts = {"printed": said[0].printed, "indicator": indicator}
        return replace(_problem("reading.unit_contradicts", **facts), period=period)
    scenario = column.scenario or row.scenario
    if indicator.endswith("_vs_plan_pct") and scenario in ("plan", None):
        scenario = "actual"  # "% thực hiện KH" names the plan only as what a result is measured by
    score = min(row.score, column.score)
    return Sense(indicator, group, period, scenario, row.unit or column.unit, score)


def _unknown(label: Label) -> Sense:
    """A label that is not understood, or understood as a commune's name."""
    if names_commune(label.meaning.text):
        return _problem("reading.below_district")
    if label.is_understood and label.meaning.ranges:
        return _problem("reading.not_collected")
    return _problem("reading.unknown_label", label=label.meaning.text, cell=label.cell.address)


def can_print(unit: Unit | None, indicator: str) -> bool:
    """Whether a unit may be a figure's: no percentage or "lượt" counts people, nor "xã" (None)."""
    base = units()[indicator][0]
    if unit is None or (unit.code == "visits" and base != "visits"):
        return False
    return all((unit.code == one) == (base == one) for one in _APART)


def _problem(rule: str, **facts: str) -> Sense:
    return Sense(problem=rule, facts=tuple(facts.items()))


def _area(
    row: Place | None, column: Place | None, around: Surroundings, period: Period
) -> Area | Sense:
    places = [place for place in (row, column) if place]
    areas: dict[str, Area] = {}
    for place in places:
        area = place.area or place.in_year(period.year)
        if area is None:
            names = ", ".join(f"{area.full_name} ({area.code})" for area in place.areas)
            return _problem("reading.ambiguous_place", candidates=names)
        areas[area.code] = area
    if len(areas) > 1:
        depth = max(_DEPTHS[area.level] for area in areas.values())
        lower = [area for area in areas.values() if _DEPTHS[area.level] == depth]
        if len(lower) != 1:
            names = ", ".join(area.full_name for area in areas.values())
            return _problem("reading.contradicting_places", candidates=names)
        return lower[0]
    return next(iter(areas.values()))


def _period(row: Said, column: Said, around: Around) -> Period | Sense:
    own, head = row.period, column.period
    if isinstance(own, bool) or isinstance(head, bool):
        return _problem("reading.contradicting_periods", candidates="")
    if column.is_same_part and around.period and not (head and head.part):
        head = year_before(around.period, head)
    year = own and (own.year or (around.period.year if around.period else None))
    if year and head is None and column.is_whole_year:
        return Period(year)  # "Kế hoạch năm" in the row of a month
    both = head.within(own) if own and head else own or head
    if both is None and own and head:
        return _problem("reading.contradicting_periods", candidates=f"{own}, {head}")
    if both is not None and both.year is None and around.period:
        both = both.within(Period(around.period.year))
    if both is None and around.period and column.is_whole_year and around.period.part:
        return Period(around.period.year)  # "Kế hoạch năm" in a report of six months
    both = both or around.period
    return both if both and both.year else _problem("reading.no_period")


Measured = tuple[str, str, Sense | None]


def _measured(row: Terms, column: Terms, around: Around, percent: bool) -> Measured:
    """Indicator and group."""
    group = resolve_group(row.groups + column.groups or around.groups)
    if group is None:
        names = " › ".join(row.groups + column.groups)
        return "", "", _problem("reading.unknown_group", groups=names)
    subject, modifiers = _measure(row, column, around)
    if percent and not modifiers & PERCENT_MODIFIERS:
        modifiers |= {"ratio"}
    care = row.care or column.care or around.care
    if subject == "expenditure" and care and group == "total":
        group = f"by_type/{care}"
    if subject is None or group.startswith("by_cost/"):
        subject = implied_subject(group) or subject
    scope = row.scope or column.scope or around.scope
    scheme = _scheme(row, column, around)
    words = Words(subject, modifiers, scheme, care, scope, group, group in payer_groups())
    indicator = resolve_indicator(words)
    if indicator and not fits(group, indicator) and not (row.subject or column.subject):
        # "Bắt buộc" below "Lực lượng lao động và số người tham gia BHXH"
        indicator = resolve_indicator(replace(words, subject="participants"))
    if indicator is None and is_unlisted(words):
        return "", group, _problem("reading.not_collected")
    if indicator is None:
        return "", group, _problem("reading.no_indicator")
    if not fits(group, indicator):  # spending by tier: understood, and no group of spending
        return "", group, _problem("reading.not_collected")
    return indicator, group, None


def _measure(row: Terms, column: Terms, around: Around) -> tuple[str | None, frozenset[str]]:
    subject = row.subject or column.subject
    if row.subject and column.subject and row.subject != column.subject:
        subject = column.subject if row.subject == "participants" else row.subject
    how = row.modifiers | column.modifiers
    if subject is None:
        # "Dân số | BHYT" below "Dân số và BHYT năm 2019": a column that names a scheme counts
        # the people in it, whatever else its title speaks of
        bases = ("population", "population_avg", "labour_force")
        named = row.schemes or column.schemes
        subject = None if named and around.subject in bases else around.subject
        if subject == "revenue" and "count" in how:
            subject = "participants"  # "Số người | Số tiền" below "Thu BHXH": who pays
        if not how:
            how = around.modifiers
    return subject, how


def _scheme(row: Terms, column: Terms, around: Around) -> str | None:
    said = [value for value in row.schemes + column.schemes if value != "many"]
    return said[0] if said else around.scheme
