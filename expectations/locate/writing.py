"""Writing culprits into findings, set-wise, in one transaction."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from warehouse.database import transaction

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LOCATED = """
CREATE OR REPLACE TEMP TABLE located_finding (
    relation_id VARCHAR, sheet VARCHAR, culprit_cell VARCHAR, typed_text VARCHAR,
    suggestion VARCHAR, suggested_value DECIMAL(38, 12), confidence DOUBLE, cause_id VARCHAR,
    severity VARCHAR,
    clause_vi VARCHAR, clause_en VARCHAR)"""
# A finding that has a cause was located before: its sentence must not grow twice.
FINDINGS = """
UPDATE finding SET
    sheet = coalesce(l.sheet, finding.sheet), culprit_cell = l.culprit_cell,
    typed_text = l.typed_text, suggestion = l.suggestion, suggested_value = l.suggested_value,
    confidence = l.confidence, cause_id = l.cause_id,
    severity = coalesce(l.severity, finding.severity),
    message_vi = message_vi || l.clause_vi, message_en = message_en || l.clause_en
FROM located_finding l
WHERE l.relation_id = finding.relation_id AND finding.cause_id = ''"""
CELLS = """
UPDATE finding_cell SET part = 'culprit'
FROM finding f JOIN located_finding l ON l.relation_id = f.relation_id
WHERE f.finding_id = finding_cell.finding_id AND f.submission_id = finding_cell.submission_id
    AND finding_cell.sheet = l.sheet AND finding_cell.cell = l.culprit_cell
    AND finding_cell.typed_text = l.typed_text"""


def write(connection: "DuckDBPyConnection", rows: Sequence[dict[str, Any]]) -> None:
    """Put located culprits into `finding` and `finding_cell`, all or nothing."""
    if not rows:
        return
    columns = list(rows[0])
    unnested = ", ".join(f"unnest(${place + 1})" for place in range(len(columns)))
    connection.execute(LOCATED)
    connection.execute(
        f"INSERT INTO located_finding ({', '.join(columns)}) SELECT {unnested}",
        [[row[column] for row in rows] for column in columns],
    )
    with transaction(connection):
        connection.execute(FINDINGS)
        connection.execute(CELLS)
