"""Applying decisions: findings and figures get what stewards said, submissions their status."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.deciding.fate import Fate, fate_by_ledger, fate_without_finding
from expectations.deciding.matters import Submission, all_submissions
from expectations.deciding.overlay import put_back
from expectations.deciding.placing import Placed, place
from expectations.deciding.repaired import mark_repaired
from warehouse import frames
from warehouse.database import transaction
from warehouse.decision import Decision, today_in_vietnam
from warehouse.decisions import all_decisions
from warehouse.store import set_statuses

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DECIDED = """
SELECT submission_id FROM finding WHERE status IN ('accepted', 'corrected', 'returned', 'resolved')
UNION SELECT submission_id FROM correction"""
REOPEN = """
UPDATE finding SET status = 'open'
WHERE list_contains(?, submission_id) AND status IN ('accepted', 'corrected', 'returned')"""
DECIDE = "UPDATE finding SET status = ? WHERE list_contains(?, finding_id)"
GONE = """
INSERT INTO finding SELECT * REPLACE (
    CASE WHEN list_contains(?, finding_id) THEN 'corrected' ELSE 'resolved' END AS status)
FROM kept_finding WHERE finding_id NOT IN (SELECT finding_id FROM finding)"""
GONE_CELLS = """
INSERT INTO finding_cell SELECT * FROM kept_cell
WHERE (submission_id, finding_id) NOT IN (SELECT submission_id, finding_id FROM finding_cell)"""
STATUSES = {"accept": "accepted", "return": "returned"}


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of the ledger's decisions, by decision_id, and of the submissions they touch.

    `faults`: rules that could not be evaluated again; what they said is unknown now.
    """

    applied: tuple[str, ...] = ()
    lapsed: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()
    expired: tuple[str, ...] = ()
    statuses: tuple[tuple[str, str], ...] = ()
    faults: tuple[str, ...] = ()


def apply_decisions(
    connection: "DuckDBPyConnection",
    home: Path,
    today: dt.date | None = None,
    series: Collection[str] | None = None,
) -> Applied:
    """Apply the ledger of a home to its open working file, from scratch, so as often as wanted.

    Every submission must have been judged. `today` is the day in Vietnam on which decisions may
    have expired; `series` limits the work to some reports (after one decision).
    """
    decisions = [one for one in all_decisions(home) if series is None or one.series in set(series)]
    return apply(connection, decisions, today or today_in_vietnam(), series)


def apply(
    connection: "DuckDBPyConnection",
    decisions: Sequence[Decision],
    today: dt.date,
    series: Collection[str] | None = None,
) -> Applied:
    """Apply these decisions and no others; see `apply_decisions`."""
    submissions = all_submissions(connection)
    living = {one.series: one for one in submissions if one.status != "superseded"}
    touched = _touched(connection, decisions, living, series)
    ids = [one.submission_id for one in touched]
    faults = put_back(connection, ids)
    connection.execute(REOPEN, [ids]).fetchall()
    undone = {one.undoes: one for one in decisions if one.action == "undo"}
    fates = {one.decision_id: fate_by_ledger(one, undone, today) for one in decisions}
    placed = place(connection, [one for one in decisions if not fates[one.decision_id]], touched)
    _mark(connection, decisions, placed)
    for one in placed.waiting:
        fates[one.decision_id] = fate_without_finding(connection, one, living.get(one.series))
    ends = {name: end or Fate("active") for name, end in fates.items()}
    statuses = set_statuses(connection, ids)
    mark_repaired(connection, submissions, series)
    _write_down(connection, decisions, ends, placed, everything=series is None)
    return replace(_applied(ends, statuses), faults=(*faults, *placed.faults))


def _touched(
    connection: "DuckDBPyConnection",
    decisions: Sequence[Decision],
    living: dict[str, Submission],
    series: Collection[str] | None,
) -> list[Submission]:
    """The living submissions that a decision is about, or was when decisions were last applied."""
    decided_before = {name for (name,) in connection.execute(DECIDED).fetchall()}
    named = {one.series for one in decisions}
    return [
        one
        for one in living.values()
        if one.is_judged
        and (one.series in named or one.submission_id in decided_before)
        and (series is None or one.series in series)
    ]


def _mark(connection: "DuckDBPyConnection", decisions: Sequence[Decision], placed: Placed) -> None:
    """Give findings the status that was decided.

    A corrected finding that still fails stays open: a wrong correction silences nothing. What
    reading could not understand is judged by nobody, so there a correction closes it.
    """
    ends: dict[str, list[str]] = {"accepted": [], "returned": [], "corrected": []}
    corrected = []
    for one in decisions:
        matter = placed.matters.get(one.decision_id)
        if matter and one.action == "correct":
            corrected.append(matter.finding_id)
            if matter.kind == "reading":
                ends["corrected"].append(matter.finding_id)
        elif matter:
            ends[STATUSES[one.action]].append(matter.finding_id)
    with transaction(connection):
        for status, finding_ids in ends.items():
            connection.execute(DECIDE, [status, finding_ids]).fetchall()
        connection.execute(GONE, [corrected]).fetchall()
        connection.execute(GONE_CELLS).fetchall()


def _write_down(
    connection: "DuckDBPyConnection",
    decisions: Sequence[Decision],
    ends: dict[str, Fate],
    placed: Placed,
    *,
    everything: bool,
) -> None:
    """Copy the decisions into the working file, each with its fate."""
    rows = [_row(one, ends[one.decision_id], placed) for one in decisions]
    cells = [
        {
            "decision_id": one.decision_id,
            **{name: getattr(cell, name) for name in cell.__slots__},
        }
        for one in decisions
        for cell in one.cells
    ]
    names = [one.decision_id for one in decisions]
    with transaction(connection):
        for table, records in (("decision", rows), ("decision_cell", cells)):
            connection.execute(
                f"DELETE FROM {table} WHERE ? OR list_contains(?, decision_id)",
                [everything, names],
            ).fetchall()
            if records:
                columns = {name: [record[name] for record in records] for name in records[0]}
                frames.insert(connection, table, frames.frame(columns))


def _row(decision: Decision, end: Fate, placed: Placed) -> dict[str, object]:
    matter = placed.matters.get(decision.decision_id)
    return {
        "decision_id": decision.decision_id,
        "finding_id": matter.finding_id if matter else decision.finding_id,
        "submission_id": matter.submission_id if matter else decision.submission_id,
        "rule": decision.rule,
        "action": decision.action,
        "who": decision.who,
        "decided_at": decision.decided_at,
        "reason": decision.reason,
        "until": str(decision.until) if decision.until else None,
        "value": None if decision.value is None else format(decision.value, "f"),
        "typed_figure": decision.typed_figure,
        "status": end.status,
        "why_vi": end.why.vi,
        "why_en": end.why.en,
    }


def _applied(ends: dict[str, Fate], statuses: dict[str, str]) -> Applied:
    active, lapsed, unmatched, expired = (
        tuple(name for name, end in ends.items() if end.status == status)
        for status in ("active", "lapsed", "unmatched", "expired")
    )
    return Applied(active, lapsed, unmatched, expired, tuple(sorted(statuses.items())))
