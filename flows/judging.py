"""Judging what was read: the suite over all unjudged submissions, then their statuses."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Judged:
    """The submissions decided now, and what could not be evaluated or located."""

    submission_ids: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def judge_unjudged(connection: "DuckDBPyConnection") -> Judged:
    """Judge every submission that was read and not judged yet; a night killed here begins anew."""
    rows = connection.execute(
        "SELECT submission_id FROM submission WHERE status = 'read' ORDER BY submission_id"
    ).fetchall()
    submission_ids = tuple(submission_id for (submission_id,) in rows)
    if not submission_ids:
        return Judged()
    from expectations.locate.locate import locate  # noqa: PLC0415
    from expectations.suite import run_suite  # noqa: PLC0415
    from warehouse.store import set_statuses  # noqa: PLC0415

    results = run_suite(connection, submission_ids)
    lost = locate(connection, submission_ids)
    set_statuses(connection, submission_ids)
    faults = tuple(f"rule {one.rule}: {one.error}" for one in results.faults)
    return Judged(submission_ids, faults + lost)
