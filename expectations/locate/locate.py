"""Localisation: names the guilty cell of what fails in judged submissions, with its figure."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from expectations.locate.following import following
from expectations.locate.graph import Graph, Relation, components
from expectations.locate.intervals import ARITHMETIC
from expectations.locate.loading import load_graphs
from expectations.locate.one_sided import one_sided
from expectations.locate.several import several_cells
from expectations.locate.shifts import shifted_cells
from expectations.locate.single import single_cell
from expectations.locate.swaps import swapped_cells
from expectations.locate.telling import Teller, Told
from expectations.locate.unweighable import unweighable
from expectations.locate.verdict import Verdict
from expectations.locate.weighing import Weighing
from expectations.locate.writing import write
from expectations.wording import sentence

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = dict[str, Any]
# A cell is looked for among all figures of its submission. Where thousands fail among thousands, as
# where 3,000 columns were given one meaning, a table was misread, and no cell of it mistyped.
MOST_PAIRS = 1_000_000


def locate(connection: "DuckDBPyConnection", submission_ids: Sequence[str]) -> tuple[str, ...]:
    """Write culprit, suggestion, confidence and cause into the findings of judged submissions.

    Call it after `judge`, with no transaction open; findings that have a culprit keep it.
    Returns a sentence for each submission whose culprits could not be looked for: its findings
    stand without, and the others have theirs.
    """
    rows: list[Row] = []
    faults = []
    for submission_id, graph in load_graphs(connection, submission_ids).items():
        try:
            rows += list(located(graph))
        except (ArithmeticError, LookupError, ValueError) as error:
            faults.append(f"locating in {submission_id}: {type(error).__name__}: {error}")
    write(connection, rows)
    return tuple(faults)


def located(graph: Graph) -> Iterator[Row]:
    """One row for each failing relation of a submission: what is to be written to its finding."""
    weighing = Weighing(graph)
    teller = Teller(graph, weighing)
    verdicts = judged_parts(graph, weighing)
    for verdict in verdicts:
        told = {one.repair.name: teller.told(one) for one in verdict.culprits}
        cause = cause_of(graph, verdict)
        for relation in verdict.failing:
            culprit = verdict.culprit_of(relation)
            row = _row(relation, cause, told[culprit.repair.name] if culprit else None)
            yield row | _one_sided() if verdict.sort == "one_sided" else row
    for relation, verdict, culprit in following(weighing, verdicts):
        found = teller.told(culprit)
        facts = {"cell": found.figure.cell, "figure": found.suggestion}
        row = _row(relation, cause_of(graph, verdict), found)
        clause = sentence("locate.follows", facts)
        yield row | {"clause_vi": clause.vi, "clause_en": clause.en}


def judged_parts(graph: Graph, weighing: Weighing) -> list[Verdict]:
    """A verdict for each connected part of what fails by arithmetic, and for weights that do."""
    failing = [one for one in graph.relations if one.fails and one.kind in ARITHMETIC]
    if len(failing) * len(graph.figures) > MOST_PAIRS:
        return [Verdict(part, "none") for part in components(failing)]
    verdicts: list[Verdict] = []
    for together in (shifted_cells, swapped_cells, one_sided):
        found = together(weighing, failing)
        verdicts += found
        explained = {relation.relation_id for verdict in found for relation in verdict.failing}
        failing = [one for one in failing if one.relation_id not in explained]
    for part in components(failing):
        verdict = single_cell(weighing, part) or several_cells(weighing, part)
        verdicts.append(verdict or Verdict(part, "none"))
    return [*verdicts, *unweighable(weighing, verdicts)]


def cause_of(graph: Graph, verdict: Verdict) -> str:
    """One name for all findings of one cause: of its culprits, else of what fails."""
    cells = sorted(one.repair.name for one in verdict.culprits)
    names = cells or sorted(one.relation_id for one in verdict.failing)
    submission_id = next(iter(graph.figures.values())).submission_id
    return "c-" + hashlib.md5("|".join([submission_id, *names]).encode()).hexdigest()[:16]  # noqa: S324


def _row(relation: Relation, cause: str, told: Told | None) -> Row:
    """Without a culprit only the cause and the sentence change."""
    none = "locate.other_weights" if relation.kind == "weighted" else "locate.none"
    clause = told.clause if told else sentence(none)
    return {
        "relation_id": relation.relation_id,
        "sheet": told.figure.sheet if told else None,
        "culprit_cell": told.figure.cell if told else "",
        "typed_text": told.figure.typed_text if told else "",
        "suggestion": told.suggestion if told else "",
        "suggested_value": told.value if told else None,
        "confidence": told.confidence if told else None,
        "cause_id": cause,
        "severity": None,
        "clause_vi": clause.vi,
        "clause_en": clause.en,
    }


def _one_sided() -> Row:
    """What changes in the row of a relation that fails as most of its sort do."""
    clause = sentence("locate.one_sided")
    return {"severity": "warning", "clause_vi": clause.vi, "clause_en": clause.en}
