"""What the warehouse holds, as one hash: the same content has the same hash on any day."""

import hashlib
from typing import TYPE_CHECKING, Any

from warehouse.frames import column_types

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CONTENT_TABLES = (
    "submission",
    "source_table",
    "sheet",
    "cell",
    "observation",
    "document",
    "relation",
    "relation_term",
    "finding",
    "finding_cell",
    "decision",
    "decision_cell",
    "correction",
)
# When something was seen is no content: a night that was killed and repeated ends the same.
MOMENTS = frozenset({"received_at", "first_seen", "decided_at"})
# What publications derive from the rest.
DERIVED = frozenset({"places"})

# md5_number_upper and _lower would each make the hash: a night of 1,000 workbooks hashes 6 M rows.
LOWER_HALF = f"{2**64 - 1}::UHUGEINT"
SUMS = f"count(*), sum(CAST(md5 >> 64 AS UBIGINT)), sum(CAST(md5 & {LOWER_HALF} AS UBIGINT))"


def content_hash(connection: "DuckDBPyConnection") -> str:
    """A hash over all rows of all content tables, without the moments they were seen.

    The tables come in a fixed order; within a table the rows' MD5 halves are added up,
    which needs no order of rows and no memory (10 million rows are never sorted).
    """
    total = hashlib.sha256()
    for table in CONTENT_TABLES:
        total.update(f"{table}:{_sums(connection, table)}\n".encode())
    return total.hexdigest()


def submission_hashes(connection: "DuckDBPyConnection") -> dict[str, str]:
    """A hash of each submission's rows, without the moments they were seen.

    Rows without a submission (the cells of decisions) count with their decision.
    """
    said: dict[str, Any] = {}
    for table in CONTENT_TABLES:
        owner = "decision JOIN decision_cell" if table == "decision_cell" else table
        rows = connection.execute(
            f"SELECT submission_id, {SUMS} FROM "
            f"(SELECT submission_id, {_md5(connection, table, owner)}) GROUP BY ALL"
        ).fetchall()
        for submission_id, *sums in rows:
            hashed = said.setdefault(submission_id, hashlib.sha256())
            hashed.update(f"{table}:{sums}\n".encode())
    return {submission_id: hashed.hexdigest() for submission_id, hashed in said.items()}


def _sums(connection: "DuckDBPyConnection", table: str) -> tuple[object, ...]:
    row: tuple[object, ...] = connection.execute(
        f"SELECT {SUMS} FROM (SELECT {_md5(connection, table, table)})"
    ).fetchall()[0]
    return row


def _md5(connection: "DuckDBPyConnection", table: str, rows: str) -> str:
    """A select list with the MD5 of each row of a table, as `md5`."""
    columns = [name for name in column_types(connection, table) if name not in MOMENTS | DERIVED]
    # A unit separator between columns, chr(0) for NULL: no two different rows print alike.
    texts = ", ".join(f'coalesce(CAST("{name}" AS VARCHAR), chr(0))' for name in columns)
    using = " USING (decision_id)" if rows != table else ""
    return f"md5_number(concat_ws(chr(31), {texts})) AS md5 FROM {rows}{using}"
