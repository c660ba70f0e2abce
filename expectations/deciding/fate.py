"""Why a decision no longer counts: undone, expired, its cells changed, or nothing to match."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from expectations.deciding.matters import MEANING, Submission
from expectations.wording import Sentence, sentence
from warehouse.decision import DecidedCell, Decision, DecisionStatus

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TYPED_NOW = f"""
SELECT DISTINCT o.typed_text FROM observation o
WHERE o.submission_id = ? AND {MEANING} = ? ORDER BY ALL"""
UNREAD_NOW = """
SELECT typed_text FROM cell WHERE submission_id = ? AND sheet = ? AND (cell = ? OR typed_text = ?)
ORDER BY typed_text <> ?"""
ACTIVE = Sentence("", "")


@dataclass(frozen=True, slots=True)
class Fate:
    """Whether a decision counts, and if not, why not."""

    status: DecisionStatus
    why: Sentence = ACTIVE


def fate_by_ledger(
    decision: Decision, undone: Mapping[str, Decision], today: dt.date
) -> Fate | None:
    """The end that the ledger alone tells of; None for a decision that still stands."""
    if decision.action == "undo":
        return Fate("undone")
    if decision.decision_id in undone:
        by = undone[decision.decision_id]
        return Fate("undone", sentence("decision.undone", {"who": by.who, "reason": by.reason}))
    if decision.has_expired(today):
        return Fate("expired", sentence("decision.expired", {"until": str(decision.until)}))
    return None


def fate_without_finding(
    connection: "DuckDBPyConnection", decision: Decision, submission: Submission | None
) -> Fate:
    """Why a standing decision is about no finding: its cells changed, or nothing matches it."""
    if submission is None:
        return Fate("unmatched", sentence("decision.no_submission"))
    changes = [
        change
        for cell in decision.cells
        if (change := _change(connection, submission.submission_id, cell))
    ]
    if not changes:
        return Fate("unmatched", sentence("decision.no_finding"))
    return Fate("lapsed", _joined(changes))


def _change(
    connection: "DuckDBPyConnection", submission_id: str, cell: DecidedCell
) -> Sentence | None:
    """What became of a cell, None when it says what it said."""
    facts = {"sheet": cell.sheet, "cell": cell.cell, "before": cell.typed_text}
    if cell.meaning:
        now = _texts(connection, TYPED_NOW, [submission_id, cell.meaning])
    else:
        place = [cell.sheet, cell.cell, cell.typed_text, cell.typed_text]
        now = _texts(connection, UNREAD_NOW, [submission_id, *place])
    if cell.typed_text in now:
        return None
    if now:
        return sentence("decision.typed_anew", facts | {"now": now[0]})
    return sentence("decision.meaning_gone", facts)


def _texts(connection: "DuckDBPyConnection", sql: str, parameters: Sequence[str]) -> list[str]:
    return [text for (text,) in connection.execute(sql, list(parameters)).fetchall()]


def _joined(sentences: Sequence[Sentence]) -> Sentence:
    return Sentence(" ".join(one.vi for one in sentences), " ".join(one.en for one in sentences))
