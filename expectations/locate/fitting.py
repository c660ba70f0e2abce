"""How well figures fit a relation inside its rounding: to the digit, or only just."""

import math
from collections.abc import Mapping
from fractions import Fraction

from expectations.locate.graph import Relation
from expectations.locate.intervals import EQUAL, RATIO, residual, weights_of

Figures = Mapping[str, Fraction]
# A sum that misses where nothing was rounded does not fit, but floats must not become zero.
HARDLY = 1e-9


def fit(
    relation: Relation, values: Figures, halves: Figures, grain: Fraction, told: tuple[int, int]
) -> float:
    """How likely such figures are, their relation being true; 1 for what only bounds them.

    `grain` is the finest difference that the tested figure can show, `told` how many relations of
    this rule hold in the report: to the last digit, and at all.
    """
    if relation.kind not in EQUAL:
        return 1.0
    gap = float(residual(relation, values))
    if relation.kind in RATIO:
        return _fit_of_ratio(relation, values, halves, gap)
    weighed = (float(weight * halves[name]) ** 2 for name, weight in weights_of(relation).items())
    square = sum(weighed)
    if not square:
        return 1.0 if not gap else HARDLY
    deviation = math.sqrt(square / 3)
    exactly = min(1.0, float(grain) / (2.5066 * deviation))
    by_chance = min(1.0, math.exp(-((gap / deviation) ** 2) / 2) * exactly)
    exact = _exactness(told, exactly)
    return (0.0 if gap else exact) + (1 - exact) * by_chance


def _exactness(told: tuple[int, int], by_chance: float) -> float:
    """How far a rule holds to the last digit more often than rounding would let it.

    Where all other sums of a report do, its figures were added up as printed.
    """
    exact, held = told
    share = (exact + 2 * by_chance) / (held + 2)
    return max(0.0, (share - by_chance) / (1 - by_chance)) if by_chance < 1 else 0.0


def _fit_of_ratio(relation: Relation, values: Figures, halves: Figures, gap: float) -> float:
    """How often the exact ratio rounds to the printed one, its terms being rounded too."""
    at = {own: name for name, own in relation.parts.items()}
    over = float(values[at["count"]])
    under = float(values[at["base"]]) if "base" in at else over - float(values[at["change"]])
    half = float(halves[at["found"]])
    if under <= 0 or not half:
        return 1.0
    other = at.get("base") or at["change"]
    errors = (float(halves[at["count"]]), float(halves[other]) * over / under)
    deviation = 100 / under * math.hypot(*errors) / math.sqrt(3)
    if not deviation:
        return 1.0 if abs(gap) <= half else HARDLY
    near, far = (abs(gap) - half) / deviation, (abs(gap) + half) / deviation
    return max(HARDLY, (math.erf(far / math.sqrt(2)) - math.erf(near / math.sqrt(2))) / 2)
