"""The meaning of a figure: what its row's labels, its column's heads and its table say together.

The nearest label that speaks of a dimension decides it; two labels equally near
that disagree are a contradiction, which is a finding and never a guess.
"""

from dataclasses import dataclass
from functools import cached_property

from expectations.periods import Period
from expectations.vocabulary import Meaning, Unit
from flows.reading.groups import fits, implied_subject, payer_groups, resolve_group
from flows.reading.indicators import Words, resolve_indicator
from flows.reading.path import PERCENT_MODIFIERS, Path
from warehouse.reference import Area


@dataclass(frozen=True, slots=True)
class Sense:
    """A figure's meaning, or the reason (a wording key) why it has none."""

    indicator: str = ""
    group: str = "total"
    area: Area | None = None
    period: Period | None = None
    scenario: str | None = None
    unit: Unit | None = None
    score: float = 1.0
    problem: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass
class Surroundings:
    """What a table's captions, notes and workbook say for figures whose labels do not."""

    captions: list[Meaning]
    notes: list[Meaning]
    province: Area
    period: Period | None

    @cached_property
    def subject(self) -> str | None:
        """The subject of the nearest caption that has one."""
        return self._first("subject", self.captions)

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
                return frozenset(meaning.all("modifier"))
        return frozenset()

    @cached_property
    def scope(self) -> str | None:
        """Whose spending: said by the notes first (`gồm cả đa tuyến đi ngoại tỉnh`)."""
        return self._first("scope", [*self.notes, *self.captions])

    @cached_property
    def care(self) -> str | None:
        """Inpatient or outpatient, where a caption says so."""
        return self._first("care", self.captions)

    @staticmethod
    def _first(dimension: str, meanings: list[Meaning]) -> str | None:
        return next((value for m in meanings if (value := m.first(dimension))), None)


def make_sense(row: Path, column: Path, around: Surroundings, percent: bool) -> Sense:
    """The meaning of the figure where a row and a column meet.

    `percent` says that the cell itself carries a percent sign, which makes a rate of
    a row of counts (`94,6%` below `Số đối tượng`).
    """
    for label in (*row.unclear(), *column.unclear()):
        return _problem("reading.unknown_label", label=label.meaning.text, cell=label.cell.address)
    area = _area(row, column, around)
    period = _period(row, column, around)
    if isinstance(area, Sense):
        return area
    if isinstance(period, Sense):
        return period
    group = _group(row, column)
    if group is None:
        return _problem("reading.unknown_group", groups=" › ".join(row.groups + column.groups))
    indicator, group = _indicator(row, column, around, group, percent)
    if indicator is None or not fits(group, indicator):
        return _problem("reading.no_indicator")
    return Sense(
        indicator,
        group,
        area,
        period,
        next(iter(column.values("scenario") or row.values("scenario")), None),
        _unit(row, column),
        min(row.score, column.score),
    )


def _problem(rule: str, **facts: str) -> Sense:
    return Sense(problem=rule, facts=tuple(facts.items()))


def _area(row: Path, column: Path, around: Surroundings) -> Area | Sense:
    places = [place for place in (row.place, column.place) if place]
    for place in places:
        if place.area is None:
            names = ", ".join(area.full_name for area in place.areas)
            return _problem("reading.ambiguous_place", candidates=names)
    areas = {place.area.code: place.area for place in places if place.area}
    if len(areas) > 1:
        lower = [area for area in areas.values() if area.level != "province"]
        if len(lower) != 1:
            names = ", ".join(area.full_name for area in areas.values())
            return _problem("reading.contradicting_places", candidates=names)
        return lower[0]
    return next(iter(areas.values()), around.province)


def _period(row: Path, column: Path, around: Surroundings) -> Period | Sense:
    own, head = row.period, column.period
    if own is False or head is False:
        return _problem("reading.contradicting_periods", candidates="")
    assert not isinstance(own, bool) and not isinstance(head, bool)
    both = head.within(own) if own and head else own or head
    if both is None and own and head:
        return _problem("reading.contradicting_periods", candidates=f"{own}, {head}")
    if both is not None and both.year is None and around.period:
        both = both.within(Period(around.period.year))
    both = both or around.period
    if both is None or both.year is None:
        return _problem("reading.no_period")
    return both


def _group(row: Path, column: Path) -> str | None:
    return resolve_group(row.groups + column.groups)


def _indicator(
    row: Path, column: Path, around: Surroundings, group: str, percent: bool
) -> tuple[str | None, str]:
    subject, modifiers = _measure(row, column, around)
    if percent and not modifiers & PERCENT_MODIFIERS:
        modifiers |= {"ratio"}
    scheme = _scheme(row, column, around)
    care = next(iter(row.values("care") or column.values("care")), around.care)
    scope = next(iter(row.values("scope") or column.values("scope")), around.scope)
    if subject == "expenditure" and care and group == "total":
        group = f"by_type/{care}"
    payer = group in payer_groups()
    if subject is None or group.startswith("by_cost/"):
        subject = implied_subject(group) or subject
    words = Words(subject, modifiers, scheme, care, scope, group, payer)
    return resolve_indicator(words), group


def _measure(row: Path, column: Path, around: Surroundings) -> tuple[str | None, frozenset[str]]:
    row_subject, row_how = row.measure()
    column_subject, column_how = column.measure()
    subject = row_subject or column_subject
    if row_subject and column_subject and row_subject != column_subject:
        subject = column_subject if row_subject == "participants" else row_subject
    how = row_how | column_how
    if subject is None:
        subject = around.subject
        how |= around.modifiers if not how - {"count"} and "count" not in how else frozenset()
        if "count" in how and subject not in (None, "participants"):
            subject = around.subject
    return subject, how


def _scheme(row: Path, column: Path, around: Surroundings) -> str | None:
    said = [value for value in row.values("scheme") + column.values("scheme") if value != "many"]
    return said[0] if said else around.scheme


def _unit(row: Path, column: Path) -> Unit | None:
    return row.unit or column.unit
