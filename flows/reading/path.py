"""The labels on a figure's way: of its row with the rows above, or of its column's heads."""

from dataclasses import dataclass, field
from functools import cache, cached_property

from expectations.periods import Period
from expectations.vocabulary import Meaning, Unit, read_label
from flows.reading.areas import Gazetteer, Place
from warehouse.model import Cell

PERCENT_MODIFIERS = frozenset({"ratio", "share", "index", "vs_plan"})
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

    @property
    def is_silent(self) -> bool:
        """Whether the words are known but none of them says anything of a figure."""
        said = any(dimension != "filler" for dimension, _value in self.meaning.atoms)
        return not (said or self.place or self.meaning.periods or self.meaning.unit)


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


@dataclass(frozen=True, slots=True)
class Terms:
    """What a path says of the indicator and the group; shared by all paths that say the same."""

    subject: str | None
    modifiers: frozenset[str]
    schemes: tuple[str, ...]
    care: str | None
    scope: str | None
    groups: tuple[str, ...]


@cache
def _shared(terms: Terms) -> Terms:
    """The one object for equal terms, so that identity tells them apart."""
    return terms


@dataclass
class Path:
    """The labels of one direction (a row's, a column's), nearest first.

    `own` of them stand at the figure itself; `lent` is the period of the column that a
    comparison follows, `payer` the payer group that a flat list puts a row below.
    """

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

    def first(self, dimension: str) -> str | None:
        """The first value of the nearest label that speaks of a dimension."""
        return next(iter(self.values(dimension)), None)

    @cached_property
    def terms(self) -> Terms:
        """What the path says of indicator and group."""
        subject, modifiers = self._measure()
        return _shared(
            Terms(
                subject,
                modifiers,
                self.values("scheme"),
                self.first("care"),
                self.first("scope"),
                self.groups,
            )
        )

    def _measure(self) -> tuple[str | None, frozenset[str]]:
        """Subject and modifiers: a group's label takes over what the labels above it measure."""
        subject: str | None = None
        modifiers: set[str] = set()
        for label in self.labels:
            said, how = label.meaning.first("subject"), _modifiers(label.meaning)
            if subject and said and said != subject:
                break
            if subject and said is None and not modifiers:
                continue
            only_counted = modifiers == {"count"} and said == subject and not how <= {"count"}
            if not modifiers or only_counted:
                modifiers |= how
            subject = subject or said
            if subject and modifiers:
                break
        return subject, frozenset(modifiers)

    @cached_property
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

    @cached_property
    def place(self) -> Place | None:
        """The nearest place named."""
        return next((label.place for label in self.labels if label.place), None)

    @cached_property
    def unit(self) -> Unit | None:
        """The nearest unit named."""
        return next((label.meaning.unit for label in self.labels if label.meaning.unit), None)

    @cached_property
    def scenario(self) -> str | None:
        """The nearest scenario named."""
        return self.first("scenario")

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The groups named, root first."""
        named = [self.payer] if self.payer else []
        for label in reversed(self.labels):
            named.extend(label.meaning.all("group"))
        return tuple(named)

    @cached_property
    def score(self) -> float:
        """The weakest match on the path."""
        return min((label.meaning.score for label in self.labels), default=1.0)

    @cached_property
    def unclear(self) -> Label | None:
        """A label at the figure itself whose words are not understood."""
        own = self.labels[: self.own]
        return next((label for label in own if not label.is_understood), None)


def _modifiers(meaning: Meaning) -> set[str]:
    how = set(meaning.all("modifier"))
    if meaning.first("base"):
        how.add("of_base")
    percent = meaning.unit is not None and meaning.unit.code == "percent"
    return how | {"ratio"} if percent and not how & PERCENT_MODIFIERS else how
