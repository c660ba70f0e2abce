"""The labels on a figure's way: of its row with the rows above, or of its column's heads."""

from collections.abc import Iterable
from dataclasses import dataclass, field

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
                how |= set() if how & PERCENT_MODIFIERS else {"ratio"}
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
