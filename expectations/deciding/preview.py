"""What a decision would change, tried out on a copy of its submission in memory."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from expectations.deciding.applying import apply
from warehouse.database import open_memory
from warehouse.decision import Decision, today_in_vietnam

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

COPIED = (
    *("submission", "source_table", "cell", "observation", "relation", "relation_term"),
    *("finding", "finding_cell", "correction"),
)
STATE = """
SELECT f.finding_id, f.rule, f.severity, f.status, f.message_vi, f.message_en
FROM main.finding f WHERE f.submission_id = ? ORDER BY f.finding_id"""
SUBMISSION = "SELECT status FROM main.submission WHERE submission_id = ?"


class JudgementFailed(RuntimeError):
    """A rule could not be evaluated, so nobody can say what a decision changes."""


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding in a word: enough to list it."""

    finding_id: str
    rule: str
    severity: str
    status: str
    message_vi: str
    message_en: str


@dataclass(frozen=True, slots=True)
class State:
    """A submission's status and its findings at one moment."""

    submission_id: str
    status: str
    findings: tuple[FindingLine, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What decisions change in one submission.

    `resolved`: findings that were open and now hold; `new`: findings that were not open and
    now are; `decided`: those that have a decision's status now; `left`: all that stay open.
    """

    submission_id: str
    status_before: str
    status_after: str
    resolved: tuple[FindingLine, ...]
    new: tuple[FindingLine, ...]
    decided: tuple[FindingLine, ...]
    left: tuple[FindingLine, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was recorded, and its effect; `waits` when a night at work will apply it."""

    decisions: tuple[Decision, ...]
    effect: Effect
    waits: bool = False


def preview(
    connection: "DuckDBPyConnection",
    standing: Sequence[Decision],
    drafts: Sequence[Decision],
    today: dt.date | None = None,
) -> Effect:
    """What drafts would change beside the ledger's decisions, with nothing stored anywhere.

    `connection` is a publication or the working file; `standing` the ledger's decisions
    (`warehouse.decisions.all_decisions`), of which those of the same report are used. All
    drafts are about one submission. Raises JudgementFailed.
    """
    submission_id, series = drafts[0].submission_id, drafts[0].series
    own = [one for one in standing if one.series == series]
    with open_memory() as copy:
        _copy(connection, copy, submission_id)
        before = state_of(copy, submission_id)
        applied = apply(copy, [*own, *drafts], today or today_in_vietnam())
        if applied.faults:
            raise JudgementFailed("; ".join(applied.faults))
        return effect_between(before, state_of(copy, submission_id))


def state_of(connection: "DuckDBPyConnection", submission_id: str) -> State:
    """The status and the findings that a submission has now."""
    [(status,)] = connection.execute(SUBMISSION, [submission_id]).fetchall()
    rows = connection.execute(STATE, [submission_id]).fetchall()
    return State(submission_id, status, tuple(FindingLine(*row) for row in rows))


def effect_between(before: State, after: State) -> Effect:
    """What changed from one state to the other."""
    was = {one.finding_id: one.status for one in before.findings}
    now_open = tuple(one for one in after.findings if one.status == "open")
    changed = [one for one in after.findings if was.get(one.finding_id) != one.status]
    return Effect(
        after.submission_id,
        before.status,
        after.status,
        resolved=tuple(one for one in changed if one.status == "resolved"),
        new=tuple(one for one in changed if one.status == "open"),
        decided=tuple(one for one in changed if one.status not in {"open", "resolved"}),
        left=now_open,
    )


def _copy(source: "DuckDBPyConnection", copy: "DuckDBPyConnection", submission_id: str) -> None:
    for table in COPIED:
        select = f"SELECT * FROM main.{table} WHERE submission_id = $id"
        rows = source.sql(select, params={"id": submission_id}).to_arrow_table()
        copy.register("incoming", rows)
        copy.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming").fetchall()
        copy.unregister("incoming")
