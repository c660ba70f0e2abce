"""Which finding each standing decision is about now, corrections laid over as they are found."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from expectations.deciding.matters import Matter, Submission, matters_of
from expectations.deciding.overlay import Correction, lay_over
from warehouse.decision import Decision

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

KEEP = {
    "kept_finding": "SELECT * FROM finding WHERE list_contains(?, submission_id)",
    "kept_cell": "SELECT * FROM finding_cell WHERE list_contains(?, submission_id)",
}


@dataclass(slots=True)
class Placed:
    """Decisions by the matter they are about, those without one, and rules that broke meanwhile."""

    matters: dict[str, Matter] = field(default_factory=dict)
    waiting: list[Decision] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def place(
    connection: "DuckDBPyConnection",
    decisions: Sequence[Decision],
    submissions: Sequence[Submission],
) -> Placed:
    """Find each decision's finding, first as typed, then among those that corrections uncover.

    A steward may correct a figure and then accept what the correction leaves; so decisions
    that found no finding look again after the corrections of the others. All findings met on
    the way are kept in `kept_finding` and `kept_cell`.
    """
    placed = Placed(waiting=list(decisions))
    ids = [one.submission_id for one in submissions]
    for table, select in KEEP.items():
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {select}", [ids])
    while True:
        fresh = _match(placed.waiting, matters_of(connection, submissions))
        placed.matters |= fresh
        placed.waiting = [one for one in placed.waiting if one.decision_id not in fresh]
        corrections = [
            correction
            for one in decisions
            if one.decision_id in fresh
            for correction in _correction(one, fresh[one.decision_id])
        ]
        if not corrections:
            return placed
        placed.faults += lay_over(connection, corrections)
        _keep(connection, ids)


def _match(waiting: Sequence[Decision], matters: Sequence[Matter]) -> dict[str, Matter]:
    by_matter: dict[str, list[Matter]] = defaultdict(list)
    for matter in matters:
        by_matter[matter.matter].append(matter)
    taken: set[str] = set()
    found: dict[str, Matter] = {}
    for decision in waiting:
        if candidates := by_matter.get(decision.matter):
            chosen = min(candidates, key=lambda one: _distance(decision, one, taken))
            taken.add(chosen.finding_id)
            found[decision.decision_id] = chosen
    return found


def _distance(decision: Decision, matter: Matter, taken: set[str]) -> tuple[bool, bool, bool, str]:
    """Twins say the same of the same figures: the very finding first, then the same cells."""
    then = [(cell.sheet, cell.cell) for cell in decision.cells]
    now = [(cell.sheet, cell.cell) for cell in matter.cells]
    other = matter.finding_id != decision.finding_id
    return other, matter.finding_id in taken, then != now, matter.finding_id


def _correction(decision: Decision, matter: Matter) -> list[Correction]:
    """The figure that a correction sets, in the submission where its finding is now."""
    target = decision.corrected
    if decision.action != "correct" or target is None or decision.value is None:
        return []
    figures = [
        (cell.sheet != target.sheet or cell.cell != target.cell, observation_id)
        for cell, observation_id in zip(matter.cells, matter.observation_ids, strict=True)
        if observation_id and (cell.meaning, cell.typed_text) == (target.meaning, target.typed_text)
    ]
    return [
        Correction(observation_id, matter.submission_id, decision.decision_id, decision.value)
        for _, observation_id in sorted(figures)[:1]
    ]


def _keep(connection: "DuckDBPyConnection", submission_ids: list[str]) -> None:
    """Keep the findings that appeared now beside those kept before."""
    connection.execute(
        "INSERT INTO kept_cell SELECT * FROM finding_cell WHERE list_contains(?, submission_id) "
        "AND finding_id NOT IN (SELECT finding_id FROM kept_finding)",
        [submission_ids],
    )
    connection.execute(
        "INSERT INTO kept_finding SELECT * FROM finding WHERE list_contains(?, submission_id) "
        "AND finding_id NOT IN (SELECT finding_id FROM kept_finding)",
        [submission_ids],
    )
