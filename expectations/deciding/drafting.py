"""Drafting a decision: what a steward asks for, held against the finding as it is now."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from expectations.deciding.matters import Matter, Submission, all_submissions, matters_of
from expectations.typing_style import Typed
from expectations.wording import sentence
from warehouse.decision import Action, DecidedCell, Decision
from warehouse.migrations import utc_now

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FINDING = "SELECT submission_id, cause_id FROM main.finding WHERE finding_id = ?"
FIGURE = """
SELECT typed_text, value_literal, half_width, decimals, unit FROM main.observation
WHERE submission_id = ? AND observation_id = ?"""
OPEN_TO = {"open"}


class DecisionRefused(ValueError):
    """A decision that cannot be made; the sentence says why and what to do instead."""

    def __init__(self, key: str, **facts: str) -> None:
        self.key = key
        self.said = sentence(f"decide.{key}", facts)
        super().__init__(f"{self.said.vi} / {self.said.en}")


@dataclass(frozen=True, slots=True)
class Request:
    """What a steward asks for, as typed.

    `figure` is the corrected figure, `cell` the cell it is for (`M17` or `Sheet!M17`; needed
    only where the finding blames none); `cause` asks for all open findings of the same cause.
    `seen` is the last decision of the finding that the steward had before their eyes, None: what
    the ledger says when it is asked.
    """

    finding_id: str
    action: Action
    who: str
    reason: str
    figure: str = ""
    cell: str = ""
    until: dt.date | None = None
    cause: bool = False
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class Set:
    """A finding's cells, the corrected one marked, and the figure it is set to."""

    cells: tuple[DecidedCell, ...]
    value: Decimal | None


FigureReader = Callable[[str, Typed, str], Decimal]
"""Reads a typed figure beside the one it replaces and that one's base unit."""


def draft(
    connection: "DuckDBPyConnection", request: Request, read_figure: FigureReader
) -> tuple[Decision, ...]:
    """The decisions that a request comes to, one for each finding, not yet recorded.

    `connection` is a publication or the working file. Raises DecisionRefused.
    """
    _check(request)
    submission, matters = _matters(connection, request)
    return tuple(
        _decision(request, submission, one, _set(connection, request, one, read_figure))
        for one in matters
    )


def find_submission(connection: "DuckDBPyConnection", finding_id: str) -> Submission:
    """The submission of a finding; raises DecisionRefused when there is no such finding."""
    rows = connection.execute(FINDING, [finding_id]).fetchall()
    if not rows:
        raise DecisionRefused("no_such_finding", finding=finding_id)
    return next(one for one in all_submissions(connection) if one.submission_id == rows[0][0])


def _check(request: Request) -> None:
    for name in ("who", "reason"):
        if not getattr(request, name).strip():
            raise DecisionRefused(f"no_{name}")
    if (request.action == "correct") != bool(request.figure.strip()):
        raise DecisionRefused("no_figure" if request.action == "correct" else "needless_figure")


def _matters(connection: "DuckDBPyConnection", request: Request) -> tuple[Submission, list[Matter]]:
    submission = find_submission(connection, request.finding_id)
    if not submission.is_judged:
        raise DecisionRefused("superseded", finding=request.finding_id)
    matters = matters_of(connection, [submission])
    own = next(one for one in matters if one.finding_id == request.finding_id)
    if own.status not in OPEN_TO:
        raise DecisionRefused("not_open", finding=own.finding_id, status=own.status)
    if not request.cause:
        return submission, [own]
    if not own.cause_id:
        raise DecisionRefused("no_cause", finding=own.finding_id)
    same = [one for one in matters if one.cause_id == own.cause_id and one.status in OPEN_TO]
    if request.action == "correct":  # one figure is right in one cell only
        same = [one for one in same if _blamed(one) == _blamed(own)]
    return submission, [own, *(one for one in same if one is not own)]


def _blamed(matter: Matter) -> tuple[str, str]:
    return matter.sheet, matter.culprit_cell


def _decision(request: Request, submission: Submission, matter: Matter, set_: Set) -> Decision:
    return Decision(
        decision_id=uuid.uuid4().hex,
        finding_id=matter.finding_id,
        submission_id=submission.submission_id,
        sha256=submission.sha256,
        series=submission.series,
        matter=matter.matter,
        rule=matter.rule,
        action=request.action,
        who=request.who.strip(),
        decided_at=utc_now(),
        reason=request.reason.strip(),
        until=request.until,
        value=set_.value,
        typed_figure=request.figure.strip(),
        undoes="",
        cells=set_.cells,
    )


def _set(
    connection: "DuckDBPyConnection", request: Request, matter: Matter, read_figure: FigureReader
) -> Set:
    """What a correction sets; other decisions set nothing."""
    if request.action != "correct":
        return Set(matter.cells, None)
    number = _target(matter, request)
    [(typed_text, literal, half_width, decimals, unit)] = connection.execute(
        FIGURE, [matter.submission_id, matter.observation_ids[number]]
    ).fetchall()
    value = read_figure(request.figure, Typed(typed_text, literal, half_width, decimals), unit)
    cells = (replace(cell, corrected=place == number) for place, cell in enumerate(matter.cells))
    return Set(tuple(cells), value)


def _target(matter: Matter, request: Request) -> int:
    """Which of a finding's figures a correction is for: the one named, else the one blamed."""
    sheet, _, cell = request.cell.strip().rpartition("!")
    wanted = cell.upper() or matter.culprit_cell
    sheet = sheet.strip("'") or ("" if cell else matter.sheet)
    figures = [number for number, name in enumerate(matter.observation_ids) if name]
    if wanted:
        cells = matter.cells
        figures = [number for number in figures if cells[number].cell == wanted]
        figures = [number for number in figures if sheet in {"", cells[number].sheet}]
    if len(figures) == 1:
        return figures[0]
    if not figures:
        raise DecisionRefused("no_such_cell", cell=wanted, cells=_named(matter.cells))
    raise DecisionRefused("which_cell", cells=_named(matter.cells))


def _named(cells: Sequence[DecidedCell]) -> str:
    return ", ".join(dict.fromkeys(f"{cell.sheet}!{cell.cell}" for cell in cells))
