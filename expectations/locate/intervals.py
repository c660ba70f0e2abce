"""The interval that a relation forces on one of its figures, the others held fixed; exact.

A figure printed as v ± h satisfies a relation when some values inside all printed intervals do:
what the rules' SQL decides is decided here the same way, in fractions, products included.
"""

from collections.abc import Mapping
from fractions import Fraction

from expectations.locate.graph import Relation
from expectations.locate.ranges import RANGES, beyond_range, forced_by_range
from expectations.locate.spans import EMPTY, Interval

LINEAR = frozenset(
    {"sum_groups", "sum_areas", "sum_indicators", "shares", "change", "same_figure", "equal_groups"}
)
AT_MOST = frozenset({"part_of_group", "part_of_indicator", "ceiling"})
RATIO = frozenset({"rate", "share", "index", "plan_ratio"})
# Kinds of which one figure is computed from the others.
EQUAL = LINEAR | RATIO
# Kinds that fail row by row where a whole or a base is not the one that is printed.
SIDED = frozenset({"sum_groups", "sum_areas", "sum_indicators", "rate", "share", "plan_ratio"})
# Kinds that fail by arithmetic, so that one cell's figure can repair them: each starts a search.
ARITHMETIC = EQUAL | AT_MOST | {"range_of_parts"}
# Kinds that a repair must not break.
FORCING = ARITHMETIC | RANGES
ZERO, HUNDRED = Fraction(0), Fraction(100)
Values = Mapping[str, Fraction]


def forced(relation: Relation, name: str, values: Values, halves: Values) -> Interval:
    """Where the figure `name` may lie so that the relation holds, at least by rounding."""
    if relation.kind in RATIO:
        return _forced_by_ratio(relation, name, values, halves)
    if relation.kind in RANGES:
        return forced_by_range(relation, name, values, halves)
    weights = weights_of(relation)
    rest = residual(relation, values) - weights[name] * values[name]
    slack = sum((abs(weight) * halves[other] for other, weight in weights.items()), ZERO)
    ends = sorted(((-slack - rest) / weights[name], (slack - rest) / weights[name]))
    if relation.kind in LINEAR:
        return Interval(*ends)
    return Interval(None, ends[1]) if weights[name] > 0 else Interval(ends[0], None)


def holds(relation: Relation, values: Values, halves: Values) -> bool:
    """Whether a relation holds, at least by rounding."""
    name = relation.figure_of("found") or next(iter(relation.parts))
    return values[name] in forced(relation, name, values, halves)


def weights_of(relation: Relation) -> dict[str, Fraction]:
    """The weights of a linear relation written as found − computed."""
    return relation.weights


def _weighed(weights: Values, values: Values) -> Fraction:
    """The weighed sum, exactly; whole figures, which most are, are added up as integers."""
    whole, broken = 0, ZERO
    for name, weight in weights.items():
        value = values[name]
        if value.denominator == 1 == weight.denominator:
            whole += weight.numerator * value.numerator
        else:
            broken += weight * value
    return broken + whole


def residual(relation: Relation, values: Values) -> Fraction:
    """Found less computed, in the units of the tested figure."""
    if relation.kind in RATIO:
        found, over, under = _nominal(relation, values)
        return found - HUNDRED * over / under if under > 0 else found
    if relation.kind in RANGES:
        return beyond_range(relation, values)
    return _weighed(weights_of(relation), values) + relation.constant


def _nominal(relation: Relation, values: Values) -> tuple[Fraction, Fraction, Fraction]:
    part = {own: values[name] for name, own in relation.parts.items()}
    over = part["count"]
    return part["found"], over, part["base"] if "base" in part else over - part["change"]


def _forced_by_ratio(relation: Relation, name: str, values: Values, halves: Values) -> Interval:
    at = {own: (values[cell], halves[cell]) for cell, own in relation.parts.items()}
    own = relation.parts[name]
    if "base" not in at:
        return _forced_by_change(at, own)
    (f, hf), (n, hn), (d, hd) = at["found"], at["count"], at["base"]
    if own == "found":
        if d - hd <= 0:
            return EMPTY
        low = HUNDRED * max(n - hn, ZERO) / (d + hd) - hf
        return Interval(low, HUNDRED * (n + hn) / (d - hd) + hf)
    if own == "count":
        low = (f - hf) * (d - hd) / HUNDRED - hn
        return Interval(low, (f + hf) * (d + hd) / HUNDRED + hn)
    if f + hf <= 0:
        return EMPTY
    positive = Interval(hd + Fraction(1, 10**6), None)
    low = HUNDRED * max(n - hn, ZERO) / (f + hf) - hd
    high = HUNDRED * (n + hn) / (f - hf) + hd if f > hf else None
    return Interval(low, high) & positive


def _forced_by_change(at: Mapping[str, tuple[Fraction, Fraction]], own: str) -> Interval:
    """The index n / (n − g): it holds when n'·(1 − 100/f') = g' for values in the intervals."""
    (f, hf), (n, hn), (g, hg) = at["found"], at["count"], at["change"]
    if own == "found":
        ends = [
            HUNDRED * count / (count - change)
            for count in (max(n - hn, ZERO), n + hn)
            for change in (g - hg, g + hg)
            if count - change > 0
        ]
        return Interval(min(ends) - hf, max(ends) + hf) if ends else EMPTY
    if f - hf <= 0:
        return EMPTY
    most, least = 1 - HUNDRED / (f + hf), 1 - HUNDRED / (f - hf)
    if own == "change":
        high = max(most * (n + hn), most * (n - hn)) + hg
        return Interval(min(least * (n + hn), least * (n - hn)) - hg, high)
    at_least = _half_line(most, g - hg, above=True)
    return _wider(at_least & _half_line(least, g + hg, above=False), hn)


def _half_line(slope: Fraction, bound: Fraction, *, above: bool) -> Interval:
    """Where slope·n is at least (or at most) the bound."""
    if slope == 0:
        return Interval() if (bound <= 0) == above or bound == 0 else EMPTY
    end = bound / slope
    return Interval(end, None) if above == (slope > 0) else Interval(None, end)


def _wider(interval: Interval, half: Fraction) -> Interval:
    if interval.is_empty:
        return interval
    low = None if interval.low is None else interval.low - half
    return Interval(low, None if interval.high is None else interval.high + half)
