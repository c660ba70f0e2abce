"""What any declared relation could see: brute force in fractions over figures as drawn.

Knows nothing of the rules' SQL nor of localisation: it looks through every pair and every set of
figures that the code lists tie together, keeps those that the right figures satisfy, and asks
whether the wrong ones still could, each anywhere in its printed interval. The judge must flag
exactly the books in which one of them can not.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from fractions import Fraction
from functools import cache
from itertools import product
from typing import NamedTuple

from expectations.rules.rule import rule
from warehouse import reference

ADDED = frozenset({"count", "money", "change"})
HUNDRED = 100


class Meaning(NamedTuple):
    """What a figure is of; `table` tells the tables of a book apart."""

    table: str
    area: str
    indicator: str
    group: str
    period: str
    scenario: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed figure: anything from value − half to value + half."""

    value: Fraction
    half: Fraction

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """The interval's ends."""
        return self.value - self.half, self.value + self.half


Test = Callable[[Sequence[Printed]], bool]
Book = Sequence[tuple[Meaning, Printed]]


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation by the places of its figures in the book, and whether figures satisfy it."""

    name: str
    places: tuple[int, ...]
    holds: Test


def broken_ties(right: Book, wrong: Sequence[Printed]) -> list[Tie]:
    """The relations that hold of the right figures and can not hold of the wrong ones."""
    return [
        tie
        for tie in _Ties(right).all()
        if tie.holds([right[place][1] for place in tie.places])
        and not tie.holds([wrong[place] for place in tie.places])
    ]


def adds_up(figures: Sequence[Printed]) -> bool:
    """The first is the sum of the others."""
    whole, *parts = (one.ends for one in figures)
    return whole[0] <= sum(high for _, high in parts) and sum(low for low, _ in parts) <= whole[1]


def is_hundred(figures: Sequence[Printed]) -> bool:
    """They add up to 100."""
    return adds_up([Printed(Fraction(HUNDRED), Fraction(0)), *figures])


def at_most(figures: Sequence[Printed]) -> bool:
    """The first is not above the second."""
    return figures[0].ends[0] <= figures[1].ends[1]


def not_above_hundred(figures: Sequence[Printed]) -> bool:
    """A percentage of a whole."""
    return figures[0].ends[0] <= HUNDRED


def is_percent_of(figures: Sequence[Printed]) -> bool:
    """The first is the second over the third, in percent."""
    percent, over, under = (one.ends for one in figures)
    low, high = max(over[0], Fraction(0)) * HUNDRED / under[1], over[1] * HUNDRED / under[0]
    return low <= percent[1] and percent[0] <= high


def is_difference(figures: Sequence[Printed]) -> bool:
    """The first is the second less the third."""
    change, now, before = figures
    return adds_up([now, change, before])


def is_index_by_change(figures: Sequence[Printed]) -> bool:
    """The first is the second over what it was before the third was added, in percent."""
    percent, now, change = (one.ends for one in figures)
    found = [HUNDRED * n / (n - g) for n, g in product(now, change) if n > g]
    return bool(found) and min(found) <= percent[1] and percent[0] <= max(found)


def lies_between(figures: Sequence[Printed]) -> bool:
    """The first lies between the lowest and the highest of the others."""
    whole, *parts = (one.ends for one in figures)
    return whole[0] <= max(high for _, high in parts) and min(low for low, _ in parts) <= whole[1]


def weighs_up(figures: Sequence[Printed]) -> bool:
    """The first is the sum of counts over rates: the others, in pairs."""
    whole, *rest = (one.ends for one in figures)
    pairs = list(zip(rest[::2], rest[1::2], strict=True))
    if any(rate[0] <= 0 for _, rate in pairs):
        return True
    low = sum(max(count[0], Fraction(0)) * HUNDRED / rate[1] for count, rate in pairs)
    high = sum(count[1] * HUNDRED / rate[0] for count, rate in pairs)
    return whole[0] <= high and low <= whole[1]


class _Ties:
    """Every tie between the figures of one book."""

    def __init__(self, book: Book) -> None:
        self.book = [meaning for meaning, _ in book]
        self.values = [printed.value for _, printed in book]
        self.places: Mapping[Meaning, list[int]] = _indexed(enumerate(self.book))
        bare = ((place, one._replace(table="")) for place, one in enumerate(self.book))
        self.anywhere: Mapping[Meaning, list[int]] = _indexed(bare)
        self.indicators = {one.code: one for one in reference.indicators()}
        self.counted = [
            self.indicators[code] for code in sorted({one.indicator for one in self.book})
        ]
        self.districts = {one.area for one in self.book if len(one.area) == 3}

    def all(self) -> Iterator[Tie]:
        """Each once, or more often: a book is broken or is not."""
        yield from self._partitions()
        yield from self._ordered()
        yield from self._same()
        for place, one in enumerate(self.book):
            kind = self.indicators[one.indicator].kind
            yield from self._percentages(place, one, kind)
        yield from self._of_districts()

    def _partitions(self) -> Iterator[Tie]:
        wholes = rule("sum_indicators").applies["wholes"]
        for where in {one._replace(indicator="", group="") for one in self.book}:
            for one in self.counted:
                at = where._replace(indicator=one.code)
                for (parent, _), members in _partitions_of(one.code).items():
                    parts = [p for m in members for p in self.places.get(at._replace(group=m), [])]
                    yield from self._sums(at._replace(group=parent), parts, one.kind)
            for whole, names in wholes.items():
                for at in {where._replace(group=one.group) for one in self.book}:
                    found = [self._at(at._replace(indicator=name)) for name in names]
                    if all(found):
                        parts = [places[0] for places in found]
                        yield from self._sums(at._replace(indicator=whole), parts, "count")

    def _sums(self, whole: Meaning, parts: list[int], kind: str) -> Iterator[Tie]:
        if not parts:
            return
        if kind == "share" and whole.group == "total":
            yield Tie("shares", tuple(parts), is_hundred)
        elif kind in ADDED or kind == "share":
            for found in self._at(whole):
                yield Tie("sum", (found, *parts), adds_up)
        if kind in {"count", "money", "share"}:
            for part, found in product(parts, self._at(whole)):
                yield Tie("part", (part, found), at_most)

    def _ordered(self) -> Iterator[Tie]:
        for part, whole in rule("indicator_le_indicator").applies["at_most"]:
            for place, one in enumerate(self.book):
                if one.indicator == part:
                    for other in self._at(one._replace(indicator=whole)):
                        yield Tie("at most", (place, other), at_most)
        for equal, other in rule("spending_by_cost_is_all_spending").applies["equal"]:
            for place, one in enumerate(self.book):
                if one.group == equal:
                    for two in self._at(one._replace(group=other)):
                        yield Tie("equal", (place, two), adds_up)

    def _same(self) -> Iterator[Tie]:
        for places in self.anywhere.values():
            for other in places[1:]:
                yield Tie("same", (places[0], other), adds_up)

    def _percentages(self, place: int, one: Meaning, kind: str) -> Iterator[Tie]:
        known = self.indicators[one.indicator]
        if kind in {"rate", "share", "rate_external"}:
            yield Tie("ceiling", (place,), not_above_hundred)
        over = one._replace(indicator=known.numerator)
        before = over._replace(period=_year_before(one.period))
        bases: dict[str, list[Meaning]] = {
            "rate": [over._replace(indicator=known.denominator)],
            "share": [over._replace(indicator=known.denominator, group="total")],
            "plan_ratio": [over._replace(scenario="plan")],
            "index": [before],
            "change": [before],
        }
        if kind == "rate" and known.denominator == "population":
            bases["rate"].append(over._replace(indicator="population_avg"))
        test = is_difference if kind == "change" else is_percent_of
        for base in bases.get(kind, []):
            for terms in product(self._at(over), self._at(base)):
                yield Tie(kind, (place, *terms), test)
        if kind == "index" and not self._at(before):
            change = over._replace(indicator=f"{known.numerator}_change_prev_year")
            for terms in product(self._at(over), self._at(change)):
                yield Tie("index by change", (place, *terms), is_index_by_change)

    def _of_districts(self) -> Iterator[Tie]:
        for whole in {one._replace(area=one.area[:2]) for one in self.book if len(one.area) == 2}:
            kind = self.indicators[whole.indicator].kind
            parts = [
                place
                for area in sorted(self.districts)
                for place in self.places.get(whole._replace(area=area), [])
            ]
            if len(parts) < max(2, len(self.districts)):
                continue
            for found in self._at(whole):
                if kind in ADDED:
                    yield Tie("districts", (found, *parts), adds_up)
                elif kind == "rate":
                    yield Tie("between", (found, *parts), lies_between)
                    yield from self._weights(whole, parts)

    def _weights(self, rate: Meaning, rates: Sequence[int]) -> Iterator[Tie]:
        known = self.indicators[rate.indicator]
        over = rate._replace(indicator=known.numerator)
        counts = [self.places.get(over._replace(area=self.book[p].area), []) for p in rates]
        if all(counts):
            pairs = [place for n, p in zip(counts, rates, strict=True) for place in (n[0], p)]
            for found in self._at(rate._replace(indicator=known.denominator)):
                yield Tie("weights", (found, *pairs), weighs_up)

    def _at(self, meaning: Meaning) -> list[int]:
        """Its own table's print, else those in other tables."""
        return self.places.get(meaning) or self.anywhere.get(meaning._replace(table=""), [])


def _indexed(pairs: Iterator[tuple[int, Meaning]]) -> dict[Meaning, list[int]]:
    found: dict[Meaning, list[int]] = defaultdict(list)
    for place, meaning in pairs:
        found[meaning].append(place)
    return dict(found)


@cache
def _partitions_of(indicator: str) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for group in reference.groups():
        patterns = group.indicators.split("|")
        if group.partition and any(fnmatchcase(indicator, pattern) for pattern in patterns):
            found[group.parent, group.partition].append(group.code)
    return found


def _year_before(period: str) -> str:
    return f"{int(period[:4]) - 1}{period[4:]}"
