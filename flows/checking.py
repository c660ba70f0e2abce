"""Checking workbooks before they are sent: the night's own steps, in memory, nothing stored."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from warehouse.rows import fetch_records

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Record = dict[str, Any]
OWN = ("submission_id", "file_name")
"""Columns of the review views that say which file; here the file is said once."""

GRAVEST_FIRST = {"critical": 0, "warning": 1, "info": 2}


class RuleBroke(RuntimeError):
    """A rule that could not be evaluated; its figures are not judged."""


@dataclass(slots=True)
class Checked:
    """One file's result: `sentence` says in words why it was rejected."""

    file: str
    sha256: str
    status: str
    reason: str
    sentence: str = ""
    observations: list[Record] = field(default_factory=list)
    cells: list[Record] = field(default_factory=list)
    findings: list[Record] = field(default_factory=list)

    @property
    def critical(self) -> bool:
        """Whether a finding quarantines the file."""
        return any(finding["severity"] == "critical" for finding in self.findings)

    def as_record(self) -> Record:
        """The object that `baophu check --json` prints."""
        return {
            "file": self.file,
            "sha256": self.sha256,
            "status": self.status,
            "reason": self.reason,
            "observations": self.observations,
            "cells": self.cells,
            "findings": self.findings,
        }


def check_files(files: Sequence[Path]) -> list[Checked]:
    """Read and judge files, each by itself; results in the order of the files."""
    from flows.readings import read_files_at  # noqa: PLC0415

    return [
        _check(path, reading) for path, reading in zip(files, read_files_at(files), strict=True)
    ]


@contextmanager
def judged(reading: Record) -> Iterator[tuple["DuckDBPyConnection", str]]:
    """A reading judged by itself in a warehouse in memory, and its submission's id there."""
    from flows.readings import store  # noqa: PLC0415
    from warehouse.database import open_memory  # noqa: PLC0415
    from warehouse.store import submission_id_of  # noqa: PLC0415

    with open_memory() as connection:
        store(connection, [reading])
        _judge(connection, submission_id_of(reading["sha256"]))
        yield connection, submission_id_of(reading["sha256"])


def _check(path: Path, reading: Record) -> Checked:
    with judged(reading) as (connection, submission_id):
        return _collect(connection, str(path), submission_id)


def _judge(connection: "DuckDBPyConnection", submission_id: str) -> None:
    """Evaluate every rule as the night does, without loading Great Expectations (5 s of CPU)."""
    from expectations.locate.locate import locate  # noqa: PLC0415
    from expectations.relations import judge  # noqa: PLC0415
    from warehouse.store import set_statuses  # noqa: PLC0415

    results = judge(connection, [submission_id])
    lost = locate(connection, [submission_id])
    set_statuses(connection, [submission_id])
    broken = [f"rule {one.rule}: {one.error}" for one in results if one.error]
    broken += lost
    if broken:
        raise RuleBroke("; ".join(broken))


def _collect(connection: "DuckDBPyConnection", file: str, submission_id: str) -> Checked:
    own = {"id": submission_id}
    [submission] = fetch_records(
        connection, "SELECT * FROM main.submission WHERE submission_id = $id", own
    )
    return Checked(
        file=file,
        sha256=submission["sha256"],
        status=submission["status"],
        reason=submission["reason"],
        sentence=f"{submission['reason_vi']} / {submission['reason_en']}",
        observations=_records(connection, "observation", own),
        cells=_cells(connection, own),
        findings=_findings(connection, own),
    )


def _records(connection: "DuckDBPyConnection", view: str, own: Record) -> list[Record]:
    """The rows of a review view for one submission, without the columns that name it."""
    from warehouse.building import selects  # noqa: PLC0415

    sql = f"SELECT * FROM ({selects('review')[view]}) WHERE submission_id = $id"
    rows = fetch_records(connection, sql, own)
    return [{name: row[name] for name in row if name not in OWN} for row in rows]


def _most_consequential_first(finding: Record) -> tuple[int, float, str, str]:
    """Grave before slight; what was not understood has no score and comes before what has one."""
    score = float("inf") if finding["score"] is None else finding["score"]
    grave = GRAVEST_FIRST[finding["severity"]]
    return (grave, -score, finding["sheet"], finding["finding_id"])


def _cells(connection: "DuckDBPyConnection", own: Record) -> list[Record]:
    cells = _records(connection, "cell", own)
    return [{name: cell[name] for name in ("sheet", "cell", "role", "why")} for cell in cells]


def _findings(connection: "DuckDBPyConnection", own: Record) -> list[Record]:
    """The findings, the gravest first, each with its cells."""
    parts: dict[str, list[Record]] = {}
    for cell in fetch_records(
        connection,
        "SELECT finding_id, sheet, cell, typed_text FROM main.finding_cell "
        "WHERE submission_id = $id ORDER BY ALL",
        own,
    ):
        parts.setdefault(cell.pop("finding_id"), []).append(cell)
    findings = _records(connection, "finding", own)
    findings.sort(key=_most_consequential_first)
    return [one | {"cells": parts.get(one["finding_id"], [])} for one in findings]
