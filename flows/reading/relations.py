"""Which relations a table's figures satisfy among themselves, to choose between two readings.

Not the rules that judge a report: only enough of them (sums of groups and of districts, rates,
money per head) to see which reading of its numbers makes a table agree with itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from flows.reading.figures import Figure, Value
from flows.reading.groups import fits
from flows.reading.magnitude import per_head
from warehouse import reference

Read = tuple[Figure, Value]
STANDS_IN = {"population": ("population", "population_avg"), "labour_force": ("labour_force",)}
_FEW_DISTRICTS = 3  # fewer are an excerpt, and no sum of theirs is the province's


class Key(NamedTuple):
    """What a figure is of."""

    area: str
    indicator: str
    group: str
    period: str
    scenario: str


class Weight(NamedTuple):
    """How many relations hold under a reading, and how many fail."""

    holds: int
    fails: int

    @property
    def balance(self) -> int:
        """What speaks for a reading less what speaks against it."""
        return self.holds - self.fails


def key_of(figure: Figure) -> Key:
    """What a figure is of, as far as its labels say."""
    sense = figure.sense
    scenario = sense.scenario or ""
    said = (figure.area.code, sense.indicator, sense.group, sense.told_period, scenario)
    return tuple.__new__(Key, said)  # half the time of `Key(...)`: thousands a workbook


def weigh(read: Iterable[Read]) -> Weight:
    """The relations of a table that hold within what is printed, and those that fail."""
    known = {key_of(figure): value for figure, value in read}
    levels = {figure.area.code: figure.area.level for figure, _value in read}
    results = [*_groups(known), *_districts(known, levels), *_rates(known), *_per_head(known)]
    return Weight(sum(results), len(results) - sum(results))


def ratio_holds(part: Value, whole: Value, printed: Value) -> bool:
    """Whether a percentage is that of two figures within the rounding of all three."""
    low, high = whole.literal - whole.half_width, whole.literal + whole.half_width
    if low <= 0:
        return False
    least = (part.literal - part.half_width) * 100 / high - printed.half_width
    most = (part.literal + part.half_width) * 100 / low + printed.half_width
    return least <= printed.literal <= most


def _sums(whole: Value, parts: list[Value]) -> bool:
    gap = abs(whole.literal - sum(part.literal for part in parts))
    return gap <= whole.half_width + sum((part.half_width for part in parts), Decimal(0))


@cache
def _partitions() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Required and optional groups of each way to divide all people."""
    ways: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for group in reference.groups():
        if group.partition and group.parent == "total" and group.member in ("required", "optional"):
            ways[group.partition][group.member == "optional"].add(group.code)
    return {name: (frozenset(must), frozenset(may)) for name, (must, may) in ways.items()}


def _groups(known: dict[Key, Value]) -> Iterator[bool]:
    """Groups that divide a total add up to it."""
    for key, whole in known.items():
        if key.group != "total" or key.indicator.endswith("_pct"):
            continue
        for must, may in _partitions().values():
            if not fits(next(iter(must)), key.indicator):
                continue
            found = {group: known.get(key._replace(group=group)) for group in must | may}
            if all(found[group] for group in must):
                yield _sums(whole, [value for value in found.values() if value])


def _districts(known: dict[Key, Value], levels: Mapping[str, str]) -> Iterator[bool]:
    """Districts add up to their province."""
    parts: dict[Key, list[Value]] = defaultdict(list)
    for key, value in known.items():
        if levels[key.area] == "district" and not key.indicator.endswith("_pct"):
            parts[key._replace(area="")].append(value)
    for key, whole in known.items():
        below = parts.get(key._replace(area=""), [])
        if levels[key.area] == "province" and len(below) >= _FEW_DISTRICTS:
            yield _sums(whole, below)


@cache
def _rated() -> dict[str, tuple[str, tuple[str, ...]]]:
    """For each rate its count and what it may be divided by."""
    rates = [row for row in reference.indicators() if row.kind == "rate"]
    return {
        row.code: (row.numerator, STANDS_IN.get(row.denominator, (row.denominator,)))
        for row in rates
    }


def _rates(known: dict[Key, Value]) -> Iterator[bool]:
    """A rate is its count over its population."""
    for key, printed in known.items():
        if key.indicator in _rated():
            count, bases = _rated()[key.indicator]
            part = known.get(key._replace(indicator=count))
            for base in bases:
                whole = known.get(key._replace(indicator=base, group="total"))
                if part and whole:
                    yield ratio_holds(part, whole, printed)


def _per_head(known: dict[Key, Value]) -> Iterator[bool]:
    """Money is possible for the people who pay it or whom it is paid for."""
    for key, amount in known.items():
        bounds = per_head().get(key.indicator)
        heads = known.get(key._replace(indicator=bounds.per)) if bounds else None
        if bounds and heads and heads.literal and amount.literal:
            yield bounds.low <= amount.literal / heads.literal <= bounds.high
