"""A stored submission annotated: its landed file with the findings of the publication."""

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.annotate.annotate import annotate
from flows.annotate.given import Annotated
from flows.receipts import landed_path, list_receipts
from warehouse.database import open_published
from warehouse.places import current_link
from warehouse.rows import fetch_records

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FOUND = """
SELECT submission_id, sha256, file_name FROM review.submission
WHERE submission_id = $name OR sha256 = $name OR file_name = $name
ORDER BY received_at DESC, revision DESC LIMIT 1"""
# With what the steward wrote to the province, where the finding was returned.
FINDINGS = """
SELECT f.*, coalesce((
    SELECT arg_max(d.reason, d.decided_at) FROM review.decision AS d
    WHERE d.finding_id = f.finding_id AND d.action = 'return' AND d.status = 'active'
), '') AS steward_message
FROM review.finding AS f WHERE f.submission_id = $id"""
CELLS = """
SELECT c.finding_id, c.sheet, c.cell, c.typed_text FROM review.finding_cell AS c
JOIN review.finding AS f USING (finding_id) WHERE f.submission_id = $id ORDER BY ALL"""


class NoSuchSubmission(LookupError):
    """A submission that the warehouse or the landed files do not hold."""


def annotate_submission(home: Path, name: str) -> tuple[str, Annotated]:
    """The file name of a stored submission and its workbook to give back.

    `name` is a submission's id or file name; of several revisions the newest is meant. Raises
    NoSuchSubmission and NoPublication.
    """
    with open_published(current_link(home)) as connection:
        rows = fetch_records(connection, FOUND, {"name": name})
        if not rows:
            raise NoSuchSubmission(
                f"There is no submission {name}; `baophu submissions` lists them."
            )
        [submission] = rows
        findings = _findings(connection, submission["submission_id"])
    path = _landed(home, submission["sha256"])
    return submission["file_name"], annotate(path, submission["file_name"], findings)


def _findings(connection: "DuckDBPyConnection", submission_id: str) -> list[dict[str, Any]]:
    cells: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for cell in fetch_records(connection, CELLS, {"id": submission_id}):
        cells[cell.pop("finding_id")].append(cell)
    findings = fetch_records(connection, FINDINGS, {"id": submission_id})
    return [one | {"cells": cells[one["finding_id"]]} for one in findings]


def _landed(home: Path, sha256: str) -> Path:
    for receipt in list_receipts(home):
        if receipt.sha256 == sha256:
            return landed_path(home, receipt)
    raise NoSuchSubmission(f"The landed file {sha256[:16]} is gone; `baophu doctor` says more.")
