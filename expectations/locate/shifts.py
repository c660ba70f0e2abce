"""A run of figures typed one row or one column off: each is its neighbour's, one is lost."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from expectations.locate.graph import Figure, Relation, suspects
from expectations.locate.several import repairs_all
from expectations.locate.slips import shares
from expectations.locate.swaps import LEAST_SURE, speaks_apart
from expectations.locate.verdict import Culprit, Verdict
from expectations.locate.weighing import Repair, Weighing

# Fewer wrong figures in a row are no shift.
FEWEST = 3


def shifted_cells(weighing: Weighing, failing: Sequence[Relation]) -> list[Verdict]:
    """Runs of neighbouring cells that all fit again when each takes its neighbour's figure."""
    verdicts = []
    taken: set[str] = set()
    for run in _runs(weighing, failing):
        names = [one.observation_id for one in run]
        broken = {r.relation_id: r for n in names for r in weighing.relations(n) if r.fails}
        if taken & broken.keys():
            continue
        for ordered in (run, run[::-1]):
            repairs = _moved_by_one(weighing, ordered)
            verdict = _verdict(weighing, repairs, list(broken.values())) if repairs else None
            if verdict and verdict.culprits[0].in_cell > LEAST_SURE:
                taken |= broken.keys()
                verdicts.append(verdict)
                break
    return verdicts


def _runs(weighing: Weighing, failing: Sequence[Relation]) -> Iterator[list[Figure]]:
    """Stretches of a line in which every figure fails more than the sum of the line does."""
    lines: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    wrong = {name for name in suspects(failing) if _fails_alone(weighing, name)}
    for table_id in sorted({weighing.graph.figures[name].table_id for name in wrong}):
        for one in weighing.graph.peers[table_id]:
            # Down a column of one indicator, though others may stand between its rows.
            lines[(table_id, one.indicator, "column", one.column)].append(one)
            lines[(table_id, one.unit, "row", one.row)].append(one)
    for place in sorted(lines, key=str):
        for is_wrong, run in groupby(lines[place], lambda one: one.observation_id in wrong):
            figures = list(run)
            if is_wrong and len(figures) >= FEWEST:
                yield figures


def _fails_alone(weighing: Weighing, name: str) -> bool:
    """Whether a figure fails in a relation that has no more than three figures."""
    return any(one.fails and len(one.parts) <= FEWEST for one in weighing.relations(name))


def _moved_by_one(weighing: Weighing, run: Sequence[Figure]) -> list[Repair]:
    """Every figure from the one before it; the first, which was lost, from what it must fit.

    Weights are how sure each figure is, the shift being one. Empty when it does not fit.
    """
    names = [one.observation_id for one in run]
    values = dict(weighing.values)
    for before, one in zip(run, names[1:], strict=False):
        values[one] = before.value
    relations = weighing.relations(names[0])
    allowed = weighing.allowed(names[0], relations, values)
    lost = weighing.repairs(names[0], allowed, relations, values)
    if not lost:
        return []
    values[names[0]] = lost[0].value
    if not repairs_all(weighing, values, names):
        return []
    share = lost[0].weight / sum(one.spread for one in lost)
    first = Repair(names[0], lost[0].value, share, share)
    return [first, *(Repair(name, values[name], 1.0, 1.0) for name in names[1:])]


def _verdict(weighing: Weighing, repairs: Sequence[Repair], failing: Sequence[Relation]) -> Verdict:
    """As sure as the shift is likelier than as many errors that came together by chance."""
    names = {one.name for one in repairs}
    gained = math.prod(weighing.gain(one.name, one.value, names) for one in repairs)
    speaks = shares()["shifted"] / 2 * gained
    against = speaks_apart(weighing, failing)
    confidence = speaks / (speaks + against + weighing.structural(failing))
    changed = [one for one in repairs if one.value != weighing.values[one.name]]
    culprits = [
        Culprit(one, confidence * one.weight, confidence, slip="shifted") for one in changed
    ]
    return Verdict(failing, "several", tuple(culprits))
