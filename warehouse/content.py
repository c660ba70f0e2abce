"""What the warehouse holds, as one hash: the same content has the same hash on any day."""

import hashlib
from collections.abc import Sequence
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
# The large ones, whose rows change only with a submission as a whole: their sums are kept.
SUMMED = ("source_table", "sheet", "cell", "observation", "document", "relation", "relation_term")
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


def kept_content_hash(connection: "DuckDBPyConnection") -> str:
    """The content hash of a working file, where only what changed since is read again.

    The sums of unchanged submissions come from `content_sum`; who changes the rows of a
    submission calls `forget_sums` in the same transaction. Call it in a transaction.
    """
    total = hashlib.sha256()
    for table in CONTENT_TABLES:
        sums = _kept_sums if table in SUMMED else _sums
        total.update(f"{table}:{sums(connection, table)}\n".encode())
    return total.hexdigest()


def forget_sums(connection: "DuckDBPyConnection", submission_ids: Sequence[str]) -> None:
    """Have the content of submissions read again: their rows are about to change."""
    connection.execute(
        "DELETE FROM content_sum WHERE list_contains(?, submission_id)", [list(submission_ids)]
    ).fetchall()


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


def _kept_sums(connection: "DuckDBPyConnection", table: str) -> tuple[object, ...]:
    """The sums of a table, of which those that are missing are made first."""
    _add_sums(connection, table)
    kept = _total(connection, table)
    if kept[:1] != connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0]:
        # Rows came or went and nobody said so: nothing that is kept of this table is sure.
        connection.execute("DELETE FROM content_sum WHERE table_name = ?", [table]).fetchall()
        _add_sums(connection, table)
        kept = _total(connection, table)
    return kept


def _add_sums(connection: "DuckDBPyConnection", table: str) -> None:
    """Add the sums of submissions that have none, made as they are made today."""
    recipe = hashlib.sha256(_md5(connection, table, table).encode()).hexdigest()[:16]
    connection.execute(
        "DELETE FROM content_sum WHERE table_name = ? AND recipe <> ?", [table, recipe]
    ).fetchall()
    changed = (
        f"(FROM {table} ANTI JOIN (SELECT submission_id FROM content_sum "
        "WHERE table_name = $table) USING (submission_id))"
    )
    connection.execute(
        f"INSERT INTO content_sum SELECT $table, $recipe, submission_id, {SUMS} FROM "
        f"(SELECT submission_id, {_md5(connection, table, changed)}) GROUP BY ALL",
        {"table": table, "recipe": recipe},
    ).fetchall()


def _total(connection: "DuckDBPyConnection", table: str) -> tuple[object, ...]:
    row: tuple[object, ...] = connection.execute(
        "SELECT coalesce(sum(rows), 0), sum(upper), sum(lower) FROM content_sum "
        "WHERE table_name = ?",
        [table],
    ).fetchall()[0]
    return row


def _md5(connection: "DuckDBPyConnection", table: str, rows: str) -> str:
    """A select list with the MD5 of each row of a table, as `md5`."""
    columns = [name for name in column_types(connection, table) if name not in MOMENTS | DERIVED]
    # A unit separator between columns, chr(0) for NULL: no two different rows print alike.
    texts = ", ".join(f'coalesce(CAST("{name}" AS VARCHAR), chr(0))' for name in columns)
    using = " USING (decision_id)" if table == "decision_cell" and rows != table else ""
    return f"md5_number(concat_ws(chr(31), {texts})) AS md5 FROM {rows}{using}"
