"""Several wrong cells: the lightest set that repairs all that fails together, exactly.

HiGHS proposes sets by weight; each is tried in exact fractions, products included, and refused
with a cut when no figures of its cells satisfy every relation.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from expectations.locate.cover import covers
from expectations.locate.graph import Relation, suspects
from expectations.locate.intervals import holds
from expectations.locate.verdict import Culprit, Verdict
from expectations.locate.weighing import Repair, Weighing

# How many figures of a cell are tried while the others are still open.
TRIED = 12
# More cells than this are no explanation; a set this much lighter than the next ends the search.
MOST_CELLS, CLEARLY = 6, 12.0
# Minus logarithms: what one more wrong cell costs, and one that nothing speaks for.
ONE_MORE, HOPELESS = 5.0, 30.0
# More suspects than this are not gone through: nothing could be told apart.
MOST_SUSPECTS = 200
# Steps of the search for one part: three cells need some hundreds, a table typed at random would
# need millions, and nothing could be told of it. Counted, not timed, so that every run agrees.
MOST_STEPS = 800
Set = tuple[Repair, ...]


@dataclass(slots=True)
class Steps:
    """What is left of the steps that one search may take."""

    left: int = MOST_STEPS

    def take(self) -> bool:
        """Whether one more step may be taken."""
        self.left -= 1
        return self.left >= 0


def several_cells(weighing: Weighing, failing: Sequence[Relation]) -> Verdict | None:
    """The lightest set of cells whose changes repair every failing relation; None without one."""
    names = suspects(failing)
    if len(names) > MOST_SUSPECTS:
        return None
    found = list(_explanations(weighing, failing, names))
    if not found:
        return None
    best = max(found, key=_weight)
    culprits = tuple(_culprit(weighing, failing, place, best, found) for place in range(len(best)))
    return Verdict(failing, "several", culprits)


def _explanations(
    weighing: Weighing, failing: Sequence[Relation], names: Sequence[str]
) -> Iterator[Set]:
    weights = {name: _cost(weighing, name) for name in names}
    refused: list[frozenset[str]] = []
    lightest = math.inf
    steps = Steps()
    for cells in covers(weights, [relation.parts.keys() for relation in failing], refused):
        cost = sum(weights[name] for name in cells)
        if cost > lightest + CLEARLY or len(cells) > MOST_CELLS or steps.left <= 0:
            return
        repairs = list(_assignments(weighing, sorted(cells), weighing.values, steps))
        if repairs:
            lightest = min(lightest, cost)
            yield from repairs
        else:
            refused.append(cells)


def _assignments(
    weighing: Weighing, names: Sequence[str], values: Mapping[str, Fraction], steps: Steps
) -> Iterator[Set]:
    """Fix one cell after another, the most constrained first, and try the likely figures."""
    if not names:
        yield ()
        return
    if not steps.take():
        return
    tried = [(name, *_choices(weighing, name, names, values)) for name in names]
    name, repairs, settled = min(tried, key=lambda one: (-one[2], len(one[1])))
    rest = [other for other in names if other != name]
    for repair in repairs[: TRIED if rest else 1]:
        for others in _assignments(weighing, rest, {**values, name: repair.value}, steps):
            yield (repair, *others)
            if settled:
                break


def _choices(
    weighing: Weighing, name: str, open_names: Sequence[str], values: Mapping[str, Fraction]
) -> tuple[list[Repair], int]:
    """The figures a cell may take by the relations in which no other cell is open."""
    others = set(open_names) - {name}
    relations = [one for one in weighing.relations(name) if not others & one.parts.keys()]
    allowed = weighing.allowed(name, relations, values)
    return weighing.repairs(name, allowed, relations, values), len(relations)


def _cost(weighing: Weighing, name: str) -> float:
    """Minus the logarithm of what speaks for a cell, were it to repair one failing relation."""
    relations = weighing.relations(name)
    firm = [one for one in relations if not one.fails]
    best = 0.0
    for broken in (one for one in relations if one.fails):
        for held in (firm, []):
            own = [*held, broken]
            found = weighing.repairs(name, weighing.allowed(name, own), own)
            if found:
                best = max(best, found[0].weight * (1.0 if held or not firm else 1e-6))
                break
    return ONE_MORE + min(HOPELESS, max(0.0, -math.log(best))) if best else ONE_MORE + HOPELESS


def _culprit(
    weighing: Weighing, failing: Sequence[Relation], place: int, best: Set, found: Sequence[Set]
) -> Culprit:
    """Sure of a cell as far as the other explanations name it, and no structure explains it.

    Sure of its figure as far as no other would do, the other culprits being repaired.
    """
    repair = best[place]
    total = sum(_weight(one) for one in found) or 1.0
    same = sum(_weight(one) for one in found if repair in one)
    in_cell = sum(_weight(one) for one in found if repair.name in {two.name for two in one})
    own = [relation for relation in failing if repair.name in relation.parts]
    repaired = weighing.values | {one.name: one.value for one in best if one is not repair}
    relations = weighing.relations(repair.name)
    allowed = weighing.allowed(repair.name, relations, repaired)
    alone = weighing.repairs(repair.name, allowed, relations, repaired)
    speaking = max(repair.weight, sum(one.spread for one in alone))
    spoken = repair.weight / (speaking + weighing.structural(own))
    return Culprit(repair, same / total * spoken, in_cell / total * spoken)


def _weight(repairs: Set) -> float:
    return math.prod(one.weight for one in repairs) * math.exp(-ONE_MORE * len(repairs))


def repairs_all(weighing: Weighing, values: Mapping[str, Fraction], names: Sequence[str]) -> bool:
    """Whether every relation of these cells holds with these figures."""
    halves = {**weighing.halves, **{name: weighing.half(name) for name in names}}
    relations = {one.relation_id: one for name in names for one in weighing.relations(name)}
    return all(holds(relation, values, halves) for relation in relations.values())
