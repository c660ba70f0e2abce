"""Districts' counts and rates that no weighting fits: one wrong cell, or other populations.

Where the other years of the same rates fit and one does not, a cell of that year is wrong. Where
most years fail (Cao Bằng's Biểu 02, all seven) the rates were made on other populations, and no
single cell explains it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from expectations.locate.following import holds_repaired
from expectations.locate.graph import Relation
from expectations.locate.single import single_cell
from expectations.locate.verdict import Verdict
from expectations.locate.weighing import Weighing


def unweighable(weighing: Weighing, verdicts: Sequence[Verdict]) -> Iterator[Verdict]:
    """A verdict for each failing relation of weights that no other culprit's repair explains."""
    left: dict[str, list[Relation]] = defaultdict(list)
    for one in weighing.graph.relations:
        if one.kind == "weighted" and one.fails and not _explained(weighing, one, verdicts):
            left[one.rule].append(one)
    for rule, failing in left.items():
        _, held = weighing.graph.exactness.get(rule, (0, 0))
        found = [single_cell(weighing, [one]) for one in failing] if held > len(failing) else []
        yield from (verdict for verdict in found if verdict)
        named = {one.relation_id for verdict in found if verdict for one in verdict.failing}
        rest = [one for one in failing if one.relation_id not in named]
        if rest:
            yield Verdict(rest, "none")


def _explained(weighing: Weighing, relation: Relation, verdicts: Sequence[Verdict]) -> bool:
    return any(
        holds_repaired(weighing, relation, verdict)
        for verdict in verdicts
        if any(one.repair.name in relation.parts for one in verdict.culprits)
    )
