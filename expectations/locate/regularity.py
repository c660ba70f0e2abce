"""How plausible a value is where it stands: against its series, its peers and their round steps.

The sharpest rule that the other figures follow predicts: a growth that all areas share, a ratio
to another column of the row (61.184 × 96,5% = 59.042), steps in multiples of 50.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from statistics import median

from expectations.locate.graph import Figure

# Logarithms; a spread below this says more about rounding than about people.
NARROWEST = 0.002
WIDEST = 0.5
# Spread of growths where fewer peers than this show one.
FEW, USUAL = 4, 0.1
# Nobody's rate is nearer to its neighbours' than this, for all that they show.
LIKE_PEERS = 0.02
# Round numbers that plans are made in, and how many peers must be to show one.
ROUND = (1000, 500, 100, 50, 20, 10, 5)
PEERS_THAT_SHOW = 8
# Figures are as wild as this in the rest of the cases: anything from 1 to 100 million.
WILD, DECADES = 0.25, math.log(1e8)


@dataclass(frozen=True, slots=True)
class Prediction:
    """Where the logarithm of a figure is expected."""

    centre: float
    spread: float

    def density(self, value: float) -> float:
        """Student's t with three degrees of freedom: heavy tails, for real jumps exist."""
        scaled = (value - self.centre) / self.spread
        return 0.3675 / self.spread / (1 + scaled * scaled / 3) ** 2


class Surroundings:
    """The table around one figure: what it predicts of the figure's value."""

    def __init__(
        self,
        figure: Figure,
        peers: Sequence[Figure],
        alike: Sequence[Figure],
        doubted: Collection[str] = (),
    ) -> None:
        """`doubted` are figures that nothing is to be predicted from, for they may be wrong too."""
        self.figure = figure
        self.peers = [one for one in peers if one.observation_id not in doubted]
        alike = [
            one
            for one in alike
            if one.scenario == figure.scenario
            and (one is figure or one.observation_id not in doubted)
        ]
        self.others = [one.value for one in alike if one is not figure]
        self.series: dict[tuple[str, ...], dict[str, Figure]] = defaultdict(dict)
        for one in alike:
            self.series[one.column_of_meaning].setdefault(one.period, one)
        self.own = self.series.get(figure.column_of_meaning, {})
        self.periods = sorted({one.period for one in alike})

    def plausibility(self, value: Fraction, step: Fraction) -> float:
        """A probability mass for one printed value; only ratios of two of them mean anything."""
        size = float(abs(value))
        if size <= 0:
            return 1e-4
        logarithm, mass = math.log(size), float(step) / size
        wild = WILD / DECADES
        density = (1 - WILD) * self.prediction.density(logarithm) if self.prediction else 0.0
        return mass * (density + wild) * self._roundness(value)

    @cached_property
    def prediction(self) -> Prediction | None:
        """The sharpest of what the surroundings predict; None where nothing is beside it."""
        predicted = (self._by_growth(), self._by_peers(), *self._by_ratio())
        found = [one for one in predicted if one]
        return min(found, key=lambda one: one.spread, default=None)

    @cached_property
    def beside(self) -> tuple[Figure | None, Figure | None]:
        """The figures of the periods before and after, of the same row or column of meaning."""
        place = self.periods.index(self.figure.period) if self.figure.period in self.periods else 0
        before = [self.own[p] for p in self.periods[:place] if p in self.own]
        after = [self.own[p] for p in self.periods[place + 1 :] if p in self.own]
        return (before[-1] if before else None), (after[0] if after else None)

    def _by_growth(self) -> Prediction | None:
        before, after = self.beside
        anchors = [one.period for one in (before, after) if one]
        level = _level(self.own, anchors)
        if level is None:
            return None
        moves = [
            _log(series[self.figure.period]) - other
            for key, series in self.series.items()
            if key != self.figure.column_of_meaning and self.figure.period in series
            if series[self.figure.period].value > 0
            and (other := _level(series, anchors)) is not None
        ]
        centre, spread = _middle(moves)
        # Of two or three series one may be wrong itself: they show no common growth.
        return Prediction(level + centre, spread) if len(moves) >= FEW else Prediction(level, USUAL)

    def _by_peers(self) -> Prediction | None:
        """The size of the other areas of its level; a province's rate is like its districts'."""
        mine = self.figure
        values = [
            _log(series[mine.period])
            for (_, area, _, group), series in self.series.items()
            if area != mine.area_code and group == mine.group_code and mine.period in series
            if mine.unit == "percent" or len(area) == len(mine.area_code)
            if series[mine.period].value > 0
        ]
        centre, spread = _middle(values)
        return Prediction(centre, max(spread, LIKE_PEERS)) if len(values) >= FEW else None

    def _by_ratio(self) -> Iterable[Prediction]:
        """Ratios to the other columns of the row that all rows share."""
        mine = self.figure
        rows: dict[tuple[str, str], dict[str, Figure]] = defaultdict(dict)
        for one in self.peers:
            if one.period != mine.period or one.scenario != mine.scenario:
                continue
            if one.value > 0 and one.unit != "percent":
                rows[(one.indicator, one.group_code)].setdefault(one.area_code, one)
        own = rows.pop((mine.indicator, mine.group_code), {})
        for base in rows.values():
            shared = [a for a in own if a in base and a != mine.area_code]
            if mine.area_code in base and len(shared) >= FEW:
                ratios = [_log(own[a]) - _log(base[a]) for a in shared]
                centre, spread = _middle(ratios)
                yield Prediction(_log(base[mine.area_code]) + centre, spread)

    def _roundness(self, value: Fraction) -> float:
        factor, (modulus, share) = 1.0, self.round_steps
        if modulus:
            for one in self.beside:
                if one:
                    factor *= _fits(value - one.value, modulus, share)
        modulus, share = self._round_values
        return factor * _fits(value, modulus, share) if modulus else factor

    @cached_property
    def round_steps(self) -> tuple[int, float]:
        """The largest round number whose multiples the steps from period to period are."""
        steps = []
        for key, series in self.series.items():
            shown = [series[p] for p in self.periods if p in series]
            for before, after in pairwise(shown):
                mine = key == self.figure.column_of_meaning
                if not (mine and self.figure.period in (before.period, after.period)):
                    steps.append(after.value - before.value)
        return _modulus(steps)

    @cached_property
    def _round_values(self) -> tuple[int, float]:
        return _modulus(self.others)


def _log(figure: Figure) -> float:
    return math.log(float(figure.value))


def _level(series: dict[str, Figure], anchors: Sequence[str]) -> float | None:
    """The mean logarithm of the periods beside; None where one is missing."""
    shown = [series[p] for p in anchors if p in series and series[p].value > 0]
    if not anchors or len(shown) < len(anchors):
        return None
    return sum(_log(one) for one in shown) / len(shown)


def _middle(values: Sequence[float]) -> tuple[float, float]:
    """Median and robust spread, within sensible bounds."""
    if not values:
        return 0.0, USUAL
    centre = median(values)
    spread = 1.4826 * median(abs(value - centre) for value in values)
    return centre, min(max(spread, NARROWEST), WIDEST)


def _modulus(values: Sequence[Fraction]) -> tuple[int, float]:
    """The largest round number that nine in ten of the values are multiples of, and the share."""
    told = [value.numerator for value in values if value and value.denominator == 1]
    if len(told) < PEERS_THAT_SHOW or len(told) < len(values) // 2:
        return 0, 0.0
    for modulus in ROUND:
        share = sum(value % modulus == 0 for value in told) / len(told)
        if share >= 0.9:
            return modulus, (share * len(told) + 0.5) / (len(told) + 1)
    return 0, 0.0


def _fits(value: Fraction, modulus: int, share: float) -> float:
    return share * modulus if value % modulus == 0 else (1 - share) * modulus / (modulus - 1)
