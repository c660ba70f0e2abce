"""How much speaks for one cell reading another figure: the slip, the series, what else it fits."""

import math
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from expectations.locate.fitting import Figures, fit
from expectations.locate.graph import Figure, Graph, Relation
from expectations.locate.intervals import ARITHMETIC, FORCING, RATIO, forced, residual
from expectations.locate.regularity import Surroundings
from expectations.locate.slips import Keyed, shares
from expectations.locate.spans import Interval

# What is less likely than this is not told apart: floats end there.
LEAST = 1e-200
# Doubling distances from the typed figure, at which figures of another draft are looked for.
FARTHEST = 40
# The share of a kind's figures that shows the step they are printed in.
MOST_OF = 0.6


@dataclass(frozen=True, slots=True)
class Repair:
    """A figure in place of the typed one, and how much speaks for it (not yet a probability).

    `weight` is for this very figure, `spread` for all like it up to the next one tried.
    """

    name: str
    value: Fraction
    weight: float
    spread: float


class Weighing:
    """Weighs repairs within one graph; what is asked twice is remembered."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.values = {name: one.value for name, one in graph.figures.items()}
        self.halves = {name: one.half for name, one in graph.figures.items()}
        self._surroundings: dict[str, Surroundings] = {}
        self._steps: dict[tuple[str, str], tuple[Fraction, bool]] = {}
        self._signed: dict[tuple[str, str], bool] = {}

    def allowed(
        self,
        name: str,
        relations: Sequence[Relation],
        values: Figures | None = None,
    ) -> Interval:
        """Where a figure may lie so that all these relations hold."""
        halves = self.halves | {name: self.half(name)}
        interval = self._possible(name)
        for relation in relations:
            interval &= forced(relation, name, values or self.values, halves)
            if interval.is_empty:
                break
        return interval

    def relations(self, name: str, searched: Sequence[Relation] = ()) -> list[Relation]:
        """The relations that a repair of a figure must repair, or must not break.

        `searched` are relations that start no search by themselves and are searched now.
        """
        wanted = {one.relation_id for one in searched}
        return [
            one
            for one in self.graph.touching[name]
            if one.kind in ARITHMETIC
            or (one.kind in FORCING and not one.fails)
            or one.relation_id in wanted
        ]

    def repairs(
        self,
        name: str,
        interval: Interval,
        relations: Sequence[Relation],
        values: Figures | None = None,
    ) -> list[Repair]:
        """The figures inside an interval that could have been meant, the likeliest first."""
        if interval.is_empty:
            return []
        at = dict(values or self.values)
        figure, keyed = self.graph.figures[name], self.keyed(name)
        around, step = self.surroundings(figure), self.step(name)
        typed = around.plausibility(figure.value, step)
        typed *= math.prod(self._fit(one, at, self.halves) for one in relations if not one.fails)
        typed = max(typed, LEAST)
        found = []
        halves = {**self.halves, name: self.half(name)}
        for value, many in self._points(keyed, interval, relations, at, name):
            at[name] = value
            weight = keyed.likelihood(value) * around.plausibility(value, step)
            weight *= math.prod(self._fit(one, at, halves) for one in relations)
            weight = max(weight / typed, LEAST)
            found.append(Repair(name, value, weight, weight * many))
        return sorted(found, key=lambda one: -one.weight)

    def structural(self, failing: Sequence[Relation]) -> float:
        """How much speaks for no wrong cell at all: two counts that were made differently."""
        odds = max(shares()[self._apart(relation)] for relation in failing)
        gaps = [
            max(1.0, float(abs(residual(one, self.values)) / self._grain(one))) for one in failing
        ]
        return odds * 0.5 ** (len(failing) - 1) / (2 * min(gaps) * math.log(1e5))

    def _apart(self, relation: Relation) -> str:
        """Which share of slips.yml says how often such a relation fails without a wrong cell."""
        if relation.kind == "weighted":
            return "structural_of_weights"
        tables = {self.graph.figures[name].table_id for name in relation.parts}
        if len(tables) == 1:
            return "structural_in_a_table"
        return "structural_of_rates" if relation.kind in RATIO else "structural_of_prints"

    def _fit(self, relation: Relation, values: Figures, halves: Figures) -> float:
        grain = self._grain(relation)
        return fit(relation, values, halves, grain, self.graph.exactness.get(relation.rule, (0, 0)))

    def keyed(self, name: str) -> Keyed:
        """A figure as it was keyed, in the steps that its column is printed in."""
        figure = self.graph.figures[name]
        beside = [
            one.value
            for one in self.graph.peers[figure.table_id]
            if one.observation_id != name and _beside(one, figure)
        ]
        step = self.step(name)
        return Keyed(figure.value, step, min(step, figure.step), beside)

    def step(self, name: str) -> Fraction:
        """The step that most figures of its kind in the table are printed in, else the finer.

        A separator out of place shows in the decimals too: 8,59 among 85,9 and 84,7.
        """
        figure = self.graph.figures[name]
        usual, clear = self._usual_step(figure.table_id, figure.indicator)
        return usual if clear else min(usual, figure.step)

    def half(self, name: str) -> Fraction:
        """Half a unit of the digit that a repaired figure is printed to; 0 when tallied."""
        return self.step(name) / 2 if self.halves[name] else Fraction(0)

    def _usual_step(self, table_id: str, indicator: str) -> tuple[Fraction, bool]:
        """The commonest step of a table's figures of one kind, and whether it is clearly so."""
        place = (table_id, indicator)
        if place not in self._steps:
            steps = Counter(one.step for one in self.graph.alike[place])
            usual, many = steps.most_common(1)[0]
            self._steps[place] = usual, many > 2 and many >= MOST_OF * sum(steps.values())
        return self._steps[place]

    def surroundings(self, figure: Figure) -> Surroundings:
        """The table around a figure."""
        name = figure.observation_id
        if name not in self._surroundings:
            peers, alike = self.graph.peers[figure.table_id], self.graph.alike_to(figure)
            self._surroundings[name] = Surroundings(figure, peers, alike)
        return self._surroundings[name]

    def gain(self, name: str, value: Fraction, moved: Collection[str]) -> float:
        """How much more plausible a figure is where it stands than the typed one.

        `moved` are the cells that were mistyped together: they tell nothing of each other.
        """
        figure, step = self.graph.figures[name], self.step(name)
        peers, alike = self.graph.peers[figure.table_id], self.graph.alike_to(figure)
        around = Surroundings(figure, peers, alike, moved)
        return around.plausibility(value, step) / around.plausibility(figure.value, step)

    def _possible(self, name: str) -> Interval:
        """Nothing is below zero where no figure of its kind is."""
        figure = self.graph.figures[name]
        place = (figure.table_id, figure.indicator)
        if place not in self._signed:
            self._signed[place] = any(one.value < 0 for one in self.graph.alike_to(figure))
        return Interval() if self._signed[place] else Interval(Fraction(0), None)

    def _grain(self, relation: Relation) -> Fraction:
        """The finest difference that a relation's tested figure can show."""
        found = relation.figure_of("found")
        if found:
            return self.graph.figures[found].step
        return max(self.graph.figures[name].step for name in relation.parts)

    def _points(
        self,
        keyed: Keyed,
        interval: Interval,
        relations: Sequence[Relation],
        values: Figures,
        name: str,
    ) -> Iterator[tuple[Fraction, int]]:
        """Figures to weigh, each with how many printed figures it speaks for."""
        step = keyed.step
        sure = {on_grid(value, step) for value in keyed.meant()}
        sure |= {on_grid(value, step) for value in self._centres(relations, values, name)}
        prediction = self.surroundings(self.graph.figures[name]).prediction
        if prediction and prediction.centre < 40:
            sure.add(on_grid(Fraction(round(math.exp(prediction.centre) * 1000), 1000), step))
        sure -= {keyed.value}
        yield from ((value, 1) for value in sorted(sure) if value in interval)
        for value, many in _distances(keyed, interval):
            if value in interval and value not in sure:
                yield value, many

    def _centres(
        self, relations: Sequence[Relation], values: Figures, name: str
    ) -> Iterator[Fraction]:
        """The values at which each relation holds best."""
        halves = self.halves | {name: self.half(name)}
        for relation in relations:
            within = forced(relation, name, values, halves)
            if within.low is not None and within.high is not None:
                yield (within.low + within.high) / 2


def on_grid(value: Fraction, step: Fraction) -> Fraction:
    """The printed figure nearest to a value."""
    return round(value / step) * step


def _distances(keyed: Keyed, interval: Interval) -> Iterator[tuple[Fraction, int]]:
    """Figures at growing distances from the typed one, on either side, and from the edges."""
    step, reached = keyed.step, 0
    edges = [edge for edge in (interval.low, interval.high) if edge is not None]
    start = on_grid(keyed.value, step)
    if edges and keyed.value not in interval:
        nearest = min(edges, key=lambda edge: abs(edge - keyed.value))
        start = on_grid(nearest, step)
    for _ in range(FARTHEST):
        reach = max(1, reached // 4)
        for side in (-1, 1):
            yield start + side * reached * step, reach
            if not reached:
                break
        reached += reach
        if edges and len(edges) == 2 and reached * step > abs(edges[1] - edges[0]):
            break


def _beside(one: Figure, other: Figure) -> bool:
    if one.unit != other.unit:
        return False
    return abs(one.row - other.row) + abs(one.column - other.column) == 1
