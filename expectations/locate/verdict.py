"""What is said of one part of the graph: the guilty cells, their figures, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from expectations.locate.graph import Relation
from expectations.locate.weighing import Repair

Sort = Literal["one", "several", "none", "one_sided"]


@dataclass(frozen=True, slots=True)
class Culprit:
    """A guilty cell with its figure; `confidence` (raw) is in the cell and the figure together.

    `slip` says how several cells were mistyped together. `others` are further cells that could
    each have been it, the likeliest first.
    """

    repair: Repair
    confidence: float
    in_cell: float
    others: tuple[Repair, ...] = ()
    swapped_with: str = ""
    slip: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The culprits of failing relations: of each relation the cell that repairs it."""

    failing: Sequence[Relation]
    sort: Sort
    culprits: tuple[Culprit, ...] = field(default=())

    def culprit_of(self, relation: Relation) -> Culprit | None:
        """The culprit among a relation's own cells, the surest first."""
        own = [one for one in self.culprits if one.repair.name in relation.parts]
        return max(own, key=lambda one: one.confidence, default=None)
