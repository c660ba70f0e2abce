"""What fails besides, and holds once a culprit is repaired: it has the culprit's cause.

Warnings of sizes and of growth start no search, for real figures jump too; but where a figure
is proven wrong, its leap from 58.219 to 55.042 needs no second look.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from expectations.locate.graph import Relation
from expectations.locate.intervals import ARITHMETIC, holds
from expectations.locate.ranges import RANGES
from expectations.locate.verdict import Culprit, Verdict
from expectations.locate.weighing import Weighing


@dataclass(frozen=True, slots=True)
class Share:
    """How a part moves its relation: what is tested, or the bounds, in proportion or inversely."""

    of_bounds: bool = False
    inverse: bool = False


TESTED, BOUNDS = Share(), Share(of_bounds=True)
# What grows with which part: 100 · people / rate is tested against last year's, say.
SHARES: Mapping[str, Mapping[str, Share]] = {
    "growth": {"found": TESTED, "previous": BOUNDS},
    "implied": {
        "found": TESTED,
        "rate": Share(inverse=True),
        "last_people": BOUNDS,
        "last_rate": Share(of_bounds=True, inverse=True),
    },
    "per_head": {"found": TESTED, "people": BOUNDS},
    "magnitude": {"found": TESTED},
    "rising": {"found": TESTED, "next": BOUNDS},
    "earlier_report": {"found": TESTED},
    "since_last_year": {"found": TESTED},
}


def following(
    weighing: Weighing, verdicts: Sequence[Verdict]
) -> Iterator[tuple[Relation, Verdict, Culprit]]:
    """Each failing relation that some verdict's repairs make hold, with its culprit there."""
    said = {one.relation_id for verdict in verdicts for one in verdict.failing}
    for relation in weighing.graph.relations:
        if not relation.fails or relation.kind in ARITHMETIC or relation.relation_id in said:
            continue
        for verdict in verdicts:
            own = [one for one in verdict.culprits if one.repair.name in relation.parts]
            if own and holds_repaired(weighing, relation, verdict):
                yield relation, verdict, own[0]
                break


def holds_repaired(weighing: Weighing, relation: Relation, verdict: Verdict) -> bool:
    """Whether a relation holds with a verdict's figures in their cells."""
    repaired = {one.repair.name: one.repair.value for one in verdict.culprits}
    if relation.kind in RANGES:
        return holds(relation, {**weighing.values, **repaired}, weighing.halves)
    if relation.kind == "regular_steps":
        return _is_round(weighing, relation, {**weighing.values, **repaired})
    return _holds_in_proportion(weighing, relation, repaired)


def _holds_in_proportion(
    weighing: Weighing, relation: Relation, repaired: Mapping[str, Fraction]
) -> bool:
    """Whether what is tested lies in its bounds when both move with the repaired figures."""
    tested, bounds = relation.tested, Fraction(1)
    for name in relation.parts.keys() & repaired.keys():
        share = SHARES.get(relation.kind, {}).get(relation.parts[name])
        if share is None or not weighing.values[name] or not repaired[name]:
            return False
        ratio = repaired[name] / weighing.values[name]
        ratio = 1 / ratio if share.inverse else ratio
        if share.of_bounds:
            bounds *= ratio
        else:
            tested *= ratio
    found = relation.figure_of("found")
    half = weighing.halves[found] if found else Fraction(0)
    above = relation.low is None or tested + half >= relation.low * bounds
    return above and (relation.high is None or tested - half <= relation.high * bounds)


def _is_round(weighing: Weighing, relation: Relation, values: Mapping[str, Fraction]) -> bool:
    """Whether the step is now one of the round steps that the series around it are made of."""
    found, previous = relation.figure_of("found"), relation.figure_of("previous")
    if found is None or previous is None:
        return False
    around = weighing.surroundings(weighing.graph.figures[found])
    modulus, _ = around.round_steps
    return bool(modulus) and (values[found] - values[previous]) % modulus == 0
