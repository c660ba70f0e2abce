"""Deciding: drafted, recorded in the ledger, applied to the warehouse and published at once."""

import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.deciding.applying import apply_decisions
from expectations.deciding.drafting import DecisionRefused, Request, draft, find_submission
from expectations.deciding.preview import Effect, Outcome, effect_between, preview, state_of
from flows.deciding.figure import read_figure
from flows.night import NightBusy, night_lock
from warehouse import decisions as ledger
from warehouse.database import WarehouseBusy, open_published, open_working
from warehouse.decision import Decision
from warehouse.migrations import utc_now
from warehouse.places import current_link, working_file
from warehouse.publish import publish

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Seconds to wait for another decision to be applied; a night takes longer and is not waited for.
PATIENCE = 10.0
UNJUDGED = "SELECT count(*) FROM submission WHERE status = 'read'"


def decide(home: Path, request: Request, patience: float = PATIENCE) -> Outcome:
    """Record what a steward decides (or undoes) of a finding, apply it and publish.

    The decision is durable before it is applied. While a night is at work, after `patience`
    seconds of waiting, it is recorded only; the night or the next decision applies it.

    Raises DecisionRefused, AlreadyDecided and NoPublication.
    """
    with _warehouse(home, patience) as (connection, is_ours):
        drafts = _drafts(connection, home, request)
        effect = preview(connection, ledger.all_decisions(home), drafts)
        ledger.record(home, drafts, _seen(home, request, drafts))
        if not is_ours:
            return Outcome(drafts, effect, waits=True)
        before = state_of(connection, effect.submission_id)
        apply_decisions(connection, home, series=_unapplied(connection, home))
        effect = effect_between(before, state_of(connection, effect.submission_id))
        publish(connection, home)
        return Outcome(drafts, effect)


def _unapplied(connection: "DuckDBPyConnection", home: Path) -> set[str]:
    """The reports with decisions that were recorded but not applied yet."""
    rows = connection.execute("SELECT decision_id FROM decision").fetchall()
    known = {decision_id for (decision_id,) in rows}
    return {one.series for one in ledger.all_decisions(home) if one.decision_id not in known}


def foresee(home: Path, request: Request) -> Effect:
    """What a request would change, read from the publication; nothing is recorded.

    Raises DecisionRefused and NoPublication.
    """
    with open_published(current_link(home)) as connection:
        drafts = _drafts(connection, home, request)
        return preview(connection, ledger.all_decisions(home), drafts)


def _drafts(connection: "DuckDBPyConnection", home: Path, request: Request) -> tuple[Decision, ...]:
    if request.action == "undo":
        return _undoing(connection, home, request)
    for one in _standing_of(connection, home, request):
        if one.finding_id == request.finding_id or not request.cause:
            raise ledger.AlreadyDecided(one)
    drafts = draft(connection, request, read_figure)
    _refuse_second_correction(home, drafts)
    return drafts


def _undoing(
    connection: "DuckDBPyConnection", home: Path, request: Request
) -> tuple[Decision, ...]:
    """The lines that undo what was last decided of a finding (and of its cause's)."""
    for name in ("who", "reason"):
        if not getattr(request, name).strip():
            raise DecisionRefused(f"no_{name}")
    find_submission(connection, request.finding_id)
    undone = _standing_of(connection, home, request)
    if not undone:
        raise DecisionRefused("not_decided", finding=request.finding_id)
    at = utc_now()
    return tuple(
        one.undone_by(uuid.uuid4().hex, request.who.strip(), request.reason.strip(), at)
        for one in undone
    )


def _standing_of(connection: "DuckDBPyConnection", home: Path, request: Request) -> list[Decision]:
    """The decisions not undone that were made of a finding or stand for it since a resubmission."""
    wanted = {request.finding_id}
    if request.cause:
        rows = connection.execute(
            "SELECT f.finding_id FROM main.finding f JOIN main.finding g "
            "USING (submission_id, cause_id) WHERE g.finding_id = ? AND f.cause_id <> ''",
            [request.finding_id],
        ).fetchall()
        wanted |= {finding_id for (finding_id,) in rows}
    known = dict(
        connection.execute(
            "SELECT decision_id, status FROM main.decision WHERE list_contains(?, finding_id)",
            [sorted(wanted)],
        ).fetchall()
    )
    return [
        one
        for one in ledger.effective_decisions(home)
        if one.finding_id in wanted or one.decision_id in known
        if known.get(one.decision_id, "active") == "active"
    ]


def _refuse_second_correction(home: Path, drafts: Sequence[Decision]) -> None:
    """Two corrections of one cell must agree, else nobody knows which one counts."""
    made = [one for one in ledger.effective_decisions(home) if one.corrected]
    for new in drafts:
        for old in made:
            if _same_cell(old, new) and old.value != new.value and old.corrected:
                raise DecisionRefused(
                    "already_corrected",
                    cell=old.corrected.cell,
                    who=old.who,
                    figure=old.typed_figure,
                )


def _same_cell(one: Decision, other: Decision) -> bool:
    """Whether two corrections set the same figure, as it was typed."""
    return one.series == other.series and (
        one.corrected == other.corrected
        if one.corrected is None or other.corrected is None
        else replace(one.corrected, part="") == replace(other.corrected, part="")
    )


def _seen(home: Path, request: Request, drafts: Sequence[Decision]) -> dict[str, str]:
    """The last decision of each finding that the steward knew of."""
    seen = {one.finding_id: one.undoes or _lapsed_head(home, one) for one in drafts}
    if request.seen is not None:
        seen[drafts[0].finding_id] = request.seen
    return seen


def _lapsed_head(home: Path, decision: Decision) -> str:
    """The last line about a finding when it no longer stands (undone, expired), else ""."""
    head = ledger.head_of(home, decision)
    standing = {one.decision_id for one in ledger.effective_decisions(home)}
    return "" if head in standing else head


@contextmanager
def _warehouse(home: Path, patience: float) -> Iterator[tuple["DuckDBPyConnection", bool]]:
    """The working file when it is free and whole, else the publication; and which of them."""
    with ExitStack() as stack:
        connection = _wait_for(stack, home, patience)
        if connection is not None:
            yield connection, True
        else:
            yield stack.enter_context(open_published(current_link(home))), False


def _wait_for(stack: ExitStack, home: Path, patience: float) -> "DuckDBPyConnection | None":
    """The working file, waiting while another decision is applied (it takes a second or two)."""
    end = time.monotonic() + patience
    while (connection := _working(stack, home)) is None and time.monotonic() < end:
        time.sleep(0.1)
    return connection


def _working(stack: ExitStack, home: Path) -> "DuckDBPyConnection | None":
    """The working file, None while a night is at work in it or after one that was cut off."""
    if not working_file(home).exists():
        return None
    try:
        stack.enter_context(night_lock(home))
        connection = stack.enter_context(open_working(home))
    except (NightBusy, WarehouseBusy):
        stack.close()  # the lock, when only the file was busy
        return None
    unjudged = connection.execute(UNJUDGED).fetchall()[0][0]
    if unjudged:
        stack.close()
    return None if unjudged else connection
