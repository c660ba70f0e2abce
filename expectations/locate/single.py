"""One wrong cell that explains all that fails together."""

from collections.abc import Sequence

from expectations.locate.graph import Relation
from expectations.locate.verdict import Culprit, Verdict
from expectations.locate.weighing import Repair, Weighing


def single_cell(weighing: Weighing, failing: Sequence[Relation]) -> Verdict | None:
    """The likeliest cell whose change repairs every failing relation and breaks none that holds.

    None when no cell can.
    """
    shared = set.intersection(*(set(relation.parts) for relation in failing))
    ranked: list[list[Repair]] = []
    for name in sorted(shared):
        relations = weighing.relations(name, failing)
        found = weighing.repairs(name, weighing.allowed(name, relations), relations)
        if found:
            ranked.append(found)
    if not ranked:
        return None
    return Verdict(failing, "one", (culprit_among(ranked, weighing.structural(failing)),))


def culprit_among(ranked: Sequence[Sequence[Repair]], structural: float) -> Culprit:
    """The likeliest of several cells, with its share of all that speaks for any explanation."""
    in_cell = [sum(one.spread for one in repairs) for repairs in ranked]
    total = sum(in_cell) + structural
    order = sorted(range(len(ranked)), key=lambda place: -in_cell[place])
    best = order[0]
    chosen = ranked[best][0]
    return Culprit(
        chosen,
        chosen.weight / total,
        in_cell[best] / total,
        tuple(ranked[place][0] for place in order[1:3] if 2 * in_cell[place] > in_cell[best]),
    )
