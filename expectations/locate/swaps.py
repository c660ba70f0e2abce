"""Two figures typed in each other's place: the sums still fit, what each stands for does not."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from expectations.locate.graph import Figure, Relation, components, suspects
from expectations.locate.several import repairs_all
from expectations.locate.slips import shares
from expectations.locate.verdict import Culprit, Verdict
from expectations.locate.weighing import Repair, Weighing

# Neighbours that a figure may have changed places with: in its row and in its column.
NEIGHBOURS = 4
# Two errors that have nothing to do with each other are this rare against one that does both.
TWO_ERRORS = 0.01
# Below this, errors apart explain what fails better than one that moves several figures.
LEAST_SURE = 0.5


def swapped_cells(weighing: Weighing, failing: Sequence[Relation]) -> list[Verdict]:
    """Pairs of neighbouring cells whose exchange repairs at least two failing relations.

    Where several pairs would repair the same, the likeliest is named, and the others doubted.
    """
    names = suspects(failing)
    found: list[Verdict] = []
    for one, other in _neighbours([weighing.graph.figures[name] for name in names]):
        pair = (one.observation_id, other.observation_id)
        broken = {r.relation_id: r for n in pair for r in weighing.relations(n) if r.fails}
        if one.value == other.value or len(broken) < 2:
            continue
        values = {**weighing.values, pair[0]: other.value, pair[1]: one.value}
        if repairs_all(weighing, values, pair):
            verdict = _verdict(weighing, (one, other), list(broken.values()))
            if verdict.culprits[0].confidence > LEAST_SURE:
                found.append(verdict)
    found.sort(key=lambda one: -one.culprits[0].repair.weight)
    kept: list[Verdict] = []
    for verdict in found:
        if not any(_overlap(verdict, other) for other in kept):
            kept.append(_doubted(verdict, [one for one in found if _overlap(verdict, one)]))
    return kept


def _overlap(one: Verdict, other: Verdict) -> bool:
    ids = {relation.relation_id for relation in one.failing}
    return any(relation.relation_id in ids for relation in other.failing)


def _doubted(verdict: Verdict, rivals: Sequence[Verdict]) -> Verdict:
    """As sure as its pair is likelier than all pairs that would do, itself among them."""
    own = verdict.culprits[0].repair.weight
    share = own / sum(one.culprits[0].repair.weight for one in rivals)
    culprits = [replace(one, confidence=one.confidence * share) for one in verdict.culprits]
    return replace(verdict, culprits=tuple(culprits))


def _neighbours(figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Figures that follow each other in a row or a column of their table, in the same unit."""
    lines: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for one in figures:
        lines[(one.table_id, one.unit, "row", one.row)].append(one)
        lines[(one.table_id, one.unit, "column", one.column)].append(one)
    for place in sorted(lines, key=str):
        line = sorted(lines[place], key=lambda one: (one.row, one.column, one.observation_id))
        yield from pairwise(line)


def _verdict(
    weighing: Weighing, pair: tuple[Figure, Figure], failing: Sequence[Relation]
) -> Verdict:
    one, other = pair
    speaks = shares()["swapped"] / NEIGHBOURS
    for figure, figure_meant in ((one, other), (other, one)):
        names = {one.observation_id, other.observation_id}
        speaks *= weighing.gain(figure.observation_id, figure_meant.value, names)
    against = speaks_apart(weighing, failing)
    confidence = speaks / (speaks + against + weighing.structural(failing))
    culprits = [
        Culprit(
            Repair(figure.observation_id, meant.value, speaks, speaks),
            confidence,
            confidence,
            swapped_with=meant.observation_id,
        )
        for figure, meant in ((one, other), (other, one))
    ]
    return Verdict(failing, "several", tuple(culprits))


def speaks_apart(weighing: Weighing, failing: Sequence[Relation]) -> float:
    """What speaks for errors that have nothing to do with each other.

    One for each connected part where a single cell repairs it, else one for each relation.
    """
    product, errors = 1.0, 0
    for part in components(failing):
        alone = _speaks_alone(weighing, part)
        each = [_speaks_alone(weighing, [relation]) for relation in part]
        product *= alone or math.prod(each)
        errors += 1 if alone else len(each)
    return product * TWO_ERRORS ** (errors - 1)


def _speaks_alone(weighing: Weighing, failing: Sequence[Relation]) -> float:
    """What speaks for the likeliest single cell that repairs all of these relations."""
    best = 0.0
    for name in sorted(set.intersection(*(set(relation.parts) for relation in failing))):
        relations = weighing.relations(name)
        found = weighing.repairs(name, weighing.allowed(name, relations), relations)
        best = max(best, found[0].weight if found else 0.0)
    return best
