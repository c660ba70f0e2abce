"""What `.` and `,` mean in a table: by form, by the workbook's way, by the table's own relations.

Đơn vị: nghìn người          1.085 is 1,085 thousand people, or 1.085 thousand:
| Tham gia BHYT | 1.085 |    the parts 165, 28, 298, 240 and 354 add up to 1,085
"""

from collections import Counter
from dataclasses import dataclass, field

from flows.reading.figures import Figure, read_value
from flows.reading.numbers import Mark, Typed, choose_marks, evidence, read_number
from flows.reading.relations import Weight, weigh
from warehouse.model import Cell

# In Vietnam `.` groups thousands and `,` marks decimals (TCVN 6398, and the law on accounting).
VIETNAMESE: dict[str, Mark] = {".": "group", ",": "decimal"}
_WHOLE: dict[str, Mark] = {".": "group", ",": "group"}
_PARTS: dict[str, Mark] = {".": "decimal", ",": "decimal"}
# No area of a level has ever had more people: under "nghìn người" 747,600 is 747.6 thousand, as
# 747.6 million people live in no province. The largest: Hồ Chí Minh City after 2025 with some 14
# million, Thủ Đức with some 1.2 million.
MOST_PEOPLE = {"country": 110_000_000, "province": 15_000_000, "district": 1_300_000}
ByKind = dict[str, dict[str, Mark]]


@dataclass(slots=True)
class Marks:
    """The meaning of the marks by kind of figure, what decided it, and what nothing decided."""

    by_kind: ByKind
    evidence: str = ""
    decided: list[Cell] = field(default_factory=list)
    undecided: list[Cell] = field(default_factory=list)

    @property
    def told(self) -> str:
        """What the table's marks mean, by kind of figure."""
        return " ".join(
            f"{kind}: {mark}={meaning}"
            for kind, said in self.by_kind.items()
            for mark, meaning in said.items()
        )


def settle_marks(figures: list[Figure], book: list[Figure]) -> Marks:
    """What `.` and `,` mean in a table, for each kind of figure.

    Percentages and whole units explain themselves (nobody counts thousandths of people).
    Thousands and more are read as their own forms prove. Where their form leaves two readings, the
    one under which the table's relations hold decides; else the way in which the table's whole
    units, the workbook's, or the table's percentages are written; else Vietnam's.
    """
    scaled = [figure.typed for figure in figures if figure.typed and figure.kind == "scaled"]
    usual = choose_marks(_texts(figures, "percent"), VIETNAMESE)
    shown = {mark for typed in _texts(figures, "percent") for mark in evidence(typed)}
    for witnesses in (book, figures):
        ways = _grouping(_texts(witnesses, "whole"))
        usual |= ways
        shown |= set(ways)
    chosen = choose_marks(scaled, usual)
    proven = {mark for typed in scaled for mark in evidence(typed)} & {".", ","}
    if proven:
        return _marks(chosen)
    if _is_too_much(figures, chosen):
        return _marks(_PARTS)
    return _by_relations(figures, chosen, is_shown=bool(shown & {".", ","}))


def _marks(scaled: dict[str, Mark]) -> Marks:
    return Marks({"percent": _PARTS, "whole": _WHOLE, "scaled": scaled})


def _by_relations(figures: list[Figure], usual: dict[str, Mark], *, is_shown: bool) -> Marks:
    """The reading that makes the table agree with itself; the usual one where both do, or none."""
    settled = _marks(usual)
    open_cells = [f.cell for f in figures if f.typed and f.kind == "scaled" and _is_open(f.typed)]
    if not open_cells:
        return settled
    other = _marks(_swapped(usual))
    own, theirs = _weigh(figures, settled), _weigh(figures, other)
    if own.balance == theirs.balance:
        settled.undecided = [] if is_shown else open_cells
        return settled
    better = settled if own.balance > theirs.balance else other
    won, lost = (own, theirs) if better is settled else (theirs, own)
    better.decided = open_cells
    better.evidence = (
        f"{_told(better.by_kind['scaled'])}: {won.holds} relations of the table hold and "
        f"{won.fails} fail; the other way {lost.holds} hold and {lost.fails} fail"
    )
    return better


def _swapped(marks: dict[str, Mark]) -> dict[str, Mark]:
    return {mark: "decimal" if how == "group" else "group" for mark, how in marks.items()}


def _told(marks: dict[str, Mark]) -> str:
    mark = next((mark for mark, how in marks.items() if how == "group"), "none")
    return f"'{mark}' groups thousands"


def _is_open(typed: Typed) -> bool:
    """Whether a number's form leaves two readings: `1.234`."""
    return bool(typed.marks) and not evidence(typed)


def _weigh(figures: list[Figure], marks: Marks) -> Weight:
    values = [(figure, read_value(figure, marks.by_kind)) for figure in figures]
    return weigh([(figure, value) for figure, value in values if value is not None])


def _texts(figures: list[Figure], kind: str) -> list[Typed]:
    return [figure.typed for figure in figures if figure.typed and figure.kind == kind]


def _grouping(whole: list[Typed]) -> dict[str, Mark]:
    """The mark that groups whole units, and so the other one as the decimal mark."""
    counts = Counter(mark for typed in whole for mark in set(typed.marks) if mark in ".,")
    if not counts:
        return {}
    (mark, _times) = counts.most_common(1)[0]
    return {mark: "group", "," if mark == "." else ".": "decimal"}


def _is_too_much(figures: list[Figure], marks: dict[str, Mark]) -> bool:
    """Whether a reading gives a place more people than any of its level has."""
    return any(
        number is not None and number[0] * figure.unit.factor > _most_people(figure)
        for figure in figures
        if figure.typed and figure.kind == "scaled" and figure.unit.code == "people"
        for number in (read_number(figure.typed, marks),)
    )


def _most_people(figure: Figure) -> int:
    return MOST_PEOPLE.get(figure.area.level, MOST_PEOPLE["province"])
