"""The graph that localisation walks: figures, and the relations that join them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from typing import NamedTuple


class Figure(NamedTuple):
    """A figure with its cell; `value` and `half` (of its rounding interval) in base units.

    A tuple, since a hundred thousand are made for a few hundred findings.
    """

    observation_id: str
    submission_id: str
    table_id: str
    sheet: str
    cell: str
    row: int
    column: int
    typed_text: str
    area_code: str
    indicator: str
    group_code: str
    period: str
    scenario: str
    unit: str
    decimals: int
    value: Fraction
    half: Fraction

    @property
    def step(self) -> Fraction:
        """A unit of the last printed digit; tallied figures are printed one by one."""
        return _step(self.half, self.decimals)

    @property
    def column_of_meaning(self) -> tuple[str, str, str, str]:
        """What the figures of its row share, but for the period."""
        return (self.table_id, self.area_code, self.indicator, self.group_code)


@cache
def _step(half: Fraction, decimals: int) -> Fraction:
    return 2 * half if half else Fraction(1, 10**decimals)


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation: `parts` maps each figure to its part, `coefficients` to its weight.

    `constant` stands where the tested figure, or what it is tested against, is no cell: 100%.
    `pairs` are people and rate of the same area, where a relation weighs areas. `tested` is what
    was found and `low` to `high` where it was expected, as judged.
    """

    relation_id: str
    rule: str
    kind: str
    fails: bool
    constant: Fraction
    parts: Mapping[str, str]
    coefficients: Mapping[str, Fraction]
    pairs: tuple[tuple[str, str], ...] = ()
    tested: Fraction = Fraction(0)
    low: Fraction | None = None
    high: Fraction | None = None
    # Of a linear relation written as found − computed, asked for thousands of times.
    weights: dict[str, Fraction] = field(default_factory=dict, init=False, compare=False)

    def __post_init__(self) -> None:
        self.weights.update(
            (name, Fraction(1) if part == "found" else -self.coefficients[name])
            for name, part in self.parts.items()
        )

    def figure_of(self, part: str) -> str | None:
        """The figure that plays a part, when there is one."""
        return next((name for name, own in self.parts.items() if own == part), None)


@dataclass(slots=True)
class Graph:
    """The neighbourhood of what fails: its relations, their figures, and the tables around."""

    figures: dict[str, Figure]
    relations: list[Relation]
    peers: dict[str, list[Figure]]  # by table
    exactness: dict[str, tuple[int, int]]  # by rule: holds to the last digit, holds at all
    one_sided: frozenset[tuple[str, str, str]] = frozenset()  # rule, table, tested indicator
    touching: dict[str, list[Relation]] = field(default_factory=dict)
    alike: dict[tuple[str, str], list[Figure]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        touching: dict[str, list[Relation]] = defaultdict(list)
        for relation in self.relations:
            for name in relation.parts:
                touching[name].append(relation)
        self.touching = dict(touching)
        alike: dict[tuple[str, str], list[Figure]] = defaultdict(list)
        for figure in self.figures.values():
            alike[figure.table_id, figure.indicator].append(figure)
        self.alike = dict(alike)

    def alike_to(self, figure: Figure) -> list[Figure]:
        """The figures of the same indicator in the same table, itself among them."""
        return self.alike[figure.table_id, figure.indicator]


def components(failing: Iterable[Relation]) -> list[list[Relation]]:
    """Failing relations that share figures, directly or through others: one part each."""
    parts: list[tuple[set[str], list[Relation]]] = []
    for relation in failing:
        names, members = set(relation.parts), [relation]
        apart = []
        for other_names, others in parts:
            if other_names & names:
                names |= other_names
                members = others + members
            else:
                apart.append((other_names, others))
        parts = [*apart, (names, members)]
    return [members for _, members in parts]


def suspects(failing: Sequence[Relation]) -> list[str]:
    """The figures that failing relations touch; never one that only satisfied ones touch."""
    return sorted({name for relation in failing for name in relation.parts})
