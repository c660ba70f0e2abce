"""The meaning of a figure: what its row's labels, its column's heads and its table say together.

The nearest label that speaks of a dimension decides it; two labels equally near
that disagree are a contradiction, which is a finding and never a guess.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from expectations.periods import Period
from expectations.vocabulary import Meaning, Unit, read_label
from flows.reading.areas import Gazetteer, Place
from flows.reading.groups import fits, implied_subject, payer_groups, resolve_group
from flows.reading.indicators import Words, resolve_indicator
from warehouse.model import Cell
from warehouse.reference import Area

_PERCENT_MODIFIERS = frozenset({"ratio", "share", "index", "vs_plan"})
# Below this share of understood words a label is not understood, and its figures stay unread.
UNDERSTOOD = 0.5


@dataclass(frozen=True, slots=True)
class Label:
    """One label on a figure's path: its cell, what its words say, the place it names."""

    cell: Cell
    meaning: Meaning
    place: Place | None

    @property
    def is_understood(self) -> bool:
        """Whether enough of the words are known to trust what they say."""
        if self.place is not None or self.meaning.first("subtotal"):
            return True
        return self.meaning.explained > UNDERSTOOD


def read_path_label(cell: Cell, gazetteer: Gazetteer) -> Label:
    """A label with its meaning; a place's name speaks only of the place."""
    place = gazetteer.find(cell.typed_text)
    meaning = read_label(cell.typed_text)
    speaks = any(dimension != "filler" for dimension, _value in meaning.atoms)
    if place and place.score < 1 and (speaks or meaning.periods):
        place = None  # "Hưu trí" is no slip of a district's name
    if place:
        meaning = Meaning(cell.typed_text, periods=(), score=place.score)
    return Label(cell, meaning, place)


@dataclass(slots=True)
class Path:
    """The labels of one direction (a row's, a column's), nearest first."""

    labels: list[Label] = field(default_factory=list)
    own: int = 1
    lent: Period | None = None
    payer: str = ""

    def values(self, dimension: str) -> tuple[str, ...]:
        """What the nearest label that speaks of a dimension says."""
        for label in self.labels:
            if found := label.meaning.all(dimension):
                return found
        return ()

    def measure(self) -> tuple[str | None, frozenset[str]]:
        """Subject and modifiers: a group's label takes over what the labels above it measure."""
        subject: str | None = None
        modifiers: set[str] = set()
        for label in self.labels:
            said, how = label.meaning.first("subject"), set(label.meaning.all("modifier"))
            if label.meaning.first("base"):
                how.add("of_base")
            if label.meaning.unit and label.meaning.unit.code == "percent":
                how |= set() if how & _PERCENT_MODIFIERS else {"ratio"}
            if subject and said and said != subject:
                break
            if subject and said is None and not modifiers:
                continue
            if not modifiers or (
                said == subject and not how <= {"count"} and modifiers == {"count"}
            ):
                modifiers |= how
            subject = subject or said
            if subject and modifiers:
                break
        return subject, frozenset(modifiers)

    @property
    def period(self) -> Period | bool | None:
        """The period of the path, refined from far to near; False where its labels disagree."""
        period: Period | None = None
        for label in reversed(self.labels):
            if len(label.meaning.periods) == 1:
                near = label.meaning.periods[0]
                period = near if period is None else near.within(period) or near
            elif len(label.meaning.periods) > 1:
                return False
        return period or self.lent

    @property
    def place(self) -> Place | None:
        """The nearest place named."""
        return next((label.place for label in self.labels if label.place), None)

    @property
    def unit(self) -> Unit | None:
        """The nearest unit named."""
        return next((label.meaning.unit for label in self.labels if label.meaning.unit), None)

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups named, root first; of one label the last named group of each is kept."""
        named = [self.payer] if self.payer else []
        for label in reversed(self.labels):
            named.extend(label.meaning.all("group"))
        return tuple(named)

    @property
    def score(self) -> float:
        """The weakest match on the path."""
        return min((label.meaning.score for label in self.labels), default=1.0)

    def unclear(self) -> Iterable[Label]:
        """Labels whose words are not understood, among those that stand at the figure itself."""
        return (label for label in self.labels[: self.own] if not label.is_understood)


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
    if percent and not modifiers & _PERCENT_MODIFIERS:
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
