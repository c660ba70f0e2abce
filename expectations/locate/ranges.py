"""What a province's range of districts forces on one figure: rates between rates, weighted sums.

A repair must not break one that holds. One that fails has a single guilty cell, or the districts'
rates were made on other populations, which is no typing error (see unweighable.py).
"""

from collections.abc import Mapping
from fractions import Fraction

from expectations.locate.graph import Relation
from expectations.locate.spans import EMPTY, Interval

RANGES = frozenset({"weighted", "range_of_parts"})
ZERO, HUNDRED = Fraction(0), Fraction(100)
Values = Mapping[str, Fraction]


def forced_by_range(relation: Relation, name: str, values: Values, halves: Values) -> Interval:
    """Where a figure may lie so that a `weighted` or `range_of_parts` relation holds."""
    if relation.kind == "weighted":
        return _by_weights(relation, name, values, halves)
    return _between_parts(relation, name, values, halves)


def beyond_range(relation: Relation, values: Values) -> Fraction:
    """How far the tested figure is from what its districts say, rounding left aside."""
    found = relation.figure_of("found")
    if found is None:
        return ZERO
    if relation.kind == "weighted":
        pairs = [(values[people], values[rate]) for people, rate in relation.pairs]
        return values[found] - sum((HUNDRED * n / r for n, r in pairs if r), ZERO)
    parts = [values[name] for name in relation.parts if name != found]
    return values[found] - min(max(values[found], min(parts)), max(parts)) if parts else ZERO


def _between_parts(relation: Relation, name: str, values: Values, halves: Values) -> Interval:
    found = relation.figure_of("found")
    if found is None:
        return Interval()
    others = [part for part in relation.parts if part not in (name, found)]
    lows = [values[part] - halves[part] for part in others]
    highs = [values[part] + halves[part] for part in others]
    if name == found:
        return Interval(min(lows) - halves[name], max(highs) + halves[name])
    least, most = values[found] - halves[found], values[found] + halves[found]
    low = None if max(highs, default=least - 1) >= least else least - halves[name]
    high = None if min(lows, default=most + 1) <= most else most + halves[name]
    return Interval(low, high)


def _by_weights(relation: Relation, name: str, values: Values, halves: Values) -> Interval:
    """The people of each district over its rate add up to the province's population."""
    found = relation.figure_of("found")
    if found is None or any(values[rate] <= halves[rate] for _, rate in relation.pairs):
        return Interval()
    own = next((pair for pair in relation.pairs if name in pair), None)
    low, high = ZERO, ZERO
    for people, rate in relation.pairs:
        if (people, rate) != own:
            over, under, half = values[people], values[rate], halves[rate]
            low += HUNDRED * max(over - halves[people], ZERO) / (under + half)
            high += HUNDRED * (over + halves[people]) / (under - half)
    if own is None:
        return Interval(low - halves[name], high + halves[name])
    most = values[found] + halves[found] - low
    least = values[found] - halves[found] - high
    return _of_pair(own, name, values, halves, Interval(least, most))


def _of_pair(
    own: tuple[str, str], name: str, values: Values, halves: Values, left: Interval
) -> Interval:
    """What is left of the population for one district forces its people, or its rate."""
    people, rate = own
    least, most = left.low or ZERO, left.high or ZERO
    if most <= 0:
        return EMPTY
    if name == people:
        low = least * (values[rate] - halves[rate]) / HUNDRED - halves[name]
        return Interval(low, most * (values[rate] + halves[rate]) / HUNDRED + halves[name])
    low = HUNDRED * max(values[people] - halves[people], ZERO) / most - halves[name]
    high = HUNDRED * (values[people] + halves[people]) / least + halves[name] if least > 0 else None
    return Interval(low, high)
