"""Relations of one sort of which most in a table fail to the same side: no cell is to blame.

The rates of ten districts all lie 3% above what the printed populations give: they were made on
others. Ten districts fall short of the province in every year: it holds something that the table
does not list. The report contradicts itself nowhere else, so it is a warning.
"""

from collections import defaultdict
from collections.abc import Sequence

from expectations.locate.graph import Relation
from expectations.locate.verdict import Verdict
from expectations.locate.weighing import Weighing


def one_sided(weighing: Weighing, failing: Sequence[Relation]) -> list[Verdict]:
    """A verdict for each sort of relation that fails to one side in a table."""
    graph = weighing.graph
    sorts: dict[tuple[str, str, str], list[Relation]] = defaultdict(list)
    for one in failing:
        name = one.figure_of("found")
        if name is not None:
            figure = graph.figures[name]
            sorts[one.rule, figure.table_id, figure.indicator].append(one)
    return [Verdict(own, "one_sided") for sort, own in sorts.items() if sort in graph.one_sided]
