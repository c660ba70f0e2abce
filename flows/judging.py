"""Judging what was read: the suite over all unjudged submissions, then their statuses."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Judged:
    """The submissions judged so far, and what could not be evaluated or located.

    `validations` is what Great Expectations said of those judged here, one a suite and batch.
    """

    submission_ids: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    validations: tuple[dict[str, Any], ...] = ()


def warm_up() -> None:
    """Import what judging needs: Great Expectations alone takes three CPU seconds."""
    for room in ("expectations.suite", "expectations.locate.locate"):
        import_module(room)


def unjudged(connection: "DuckDBPyConnection") -> list[str]:
    """The submissions that were read and have no status yet."""
    rows = connection.execute(
        "SELECT submission_id FROM submission WHERE status = 'read' ORDER BY submission_id"
    ).fetchall()
    return [submission_id for (submission_id,) in rows]


def judge_unjudged(
    connection: "DuckDBPyConnection", before: Judged, docs: Path | None = None
) -> Judged:
    """Judge every submission that was not judged yet, then give all of them their status.

    `before` names those whose judgement is stored: made while others were read, or on another
    machine. A night killed here begins anew: none has a status before all are judged. `docs` is
    where the page of what was judged here is written.
    """
    from expectations.data_docs import write_data_docs  # noqa: PLC0415
    from warehouse.migrations import utc_now  # noqa: PLC0415
    from warehouse.store import set_statuses  # noqa: PLC0415

    judged = judge_more(connection, before)
    if docs and judged.validations:
        write_data_docs(docs, judged.validations, utc_now())
    submission_ids = unjudged(connection)
    set_statuses(connection, submission_ids)
    return Judged(tuple(submission_ids), judged.faults, judged.validations)


def judge_more(connection: "DuckDBPyConnection", before: Judged) -> Judged:
    """Judge what was read and not judged `before`; statuses come when all are judged."""
    left = sorted(set(unjudged(connection)) - set(before.submission_ids))
    if not left:
        return before
    now = judge_these(connection, left)
    return Judged(
        (*before.submission_ids, *left),
        (*before.faults, *now.faults),
        (*before.validations, *now.validations),
    )


def judge_these(connection: "DuckDBPyConnection", submission_ids: Sequence[str]) -> Judged:
    """Evaluate every rule over submissions and locate culprits."""
    from expectations.locate.locate import locate  # noqa: PLC0415
    from expectations.suite import run_suite  # noqa: PLC0415

    results = run_suite(connection, submission_ids)
    lost = locate(connection, submission_ids)
    faults = (*(f"rule {one.rule}: {one.error}" for one in results.faults), *lost)
    return Judged(tuple(submission_ids), faults, tuple(results.validations))
