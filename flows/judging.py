"""Judging what was read: the suite over all unjudged submissions, then their statuses."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Judged:
    """The submissions decided now, and what could not be evaluated or located."""

    submission_ids: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


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
    connection: "DuckDBPyConnection", elsewhere: Judged, docs: Path | None = None
) -> Judged:
    """Judge every submission that was not judged yet, then give all of them their status.

    `elsewhere` names those whose judgement was made on another machine and is stored. A night
    killed here begins anew: none has a status before all are judged. `docs` is where the page of
    what was judged here is written.
    """
    from warehouse.store import set_statuses  # noqa: PLC0415

    submission_ids = unjudged(connection)
    left = sorted(set(submission_ids) - set(elsewhere.submission_ids))
    faults = (*elsewhere.faults, *(judge_these(connection, left, docs) if left else ()))
    set_statuses(connection, submission_ids)
    return Judged(tuple(submission_ids), faults)


def judge_these(
    connection: "DuckDBPyConnection", submission_ids: Sequence[str], docs: Path | None = None
) -> tuple[str, ...]:
    """Evaluate every rule over submissions and locate culprits; returns what could not be done.

    With `docs` the validation results are written there as a page.
    """
    from expectations.data_docs import write_data_docs  # noqa: PLC0415
    from expectations.locate.locate import locate  # noqa: PLC0415
    from expectations.suite import run_suite  # noqa: PLC0415
    from warehouse.migrations import utc_now  # noqa: PLC0415

    results = run_suite(connection, submission_ids)
    if docs:
        write_data_docs(docs, results.validations, utc_now())
    lost = locate(connection, submission_ids)
    return (*(f"rule {one.rule}: {one.error}" for one in results.faults), *lost)
