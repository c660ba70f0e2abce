"""What the warehouse holds, as one hash: the same content has the same hash on any day."""

import hashlib
from typing import TYPE_CHECKING

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


def content_hash(connection: "DuckDBPyConnection") -> str:
    """A hash over all rows of all content tables, without the moments they were seen.

    The tables come in a fixed order; within a table the rows' MD5 halves are added up,
    which needs no order of rows and no memory (10 million rows are never sorted).
    """
    total = hashlib.sha256()
    for table in CONTENT_TABLES:
        total.update(f"{table}:{_sums(connection, table)}\n".encode())
    return total.hexdigest()


def _sums(connection: "DuckDBPyConnection", table: str) -> tuple[object, ...]:
    columns = [name for name in column_types(connection, table) if name not in MOMENTS | DERIVED]
    # A unit separator between columns, chr(0) for NULL: no two different rows print alike.
    texts = ", ".join(f'coalesce(CAST("{name}" AS VARCHAR), chr(0))' for name in columns)
    row: tuple[object, ...] = connection.execute(
        f"""
        SELECT count(*), sum(CAST(md5 >> 64 AS UBIGINT)), sum(CAST(md5 & {LOWER_HALF} AS UBIGINT))
        FROM (SELECT md5_number(concat_ws(chr(31), {texts})) AS md5 FROM {table})
        """
    ).fetchall()[0]
    return row
