"""Rows of a query as records: a dict a row, keys in the order of the columns."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Record = dict[str, Any]


def fetch_records(
    connection: "DuckDBPyConnection", sql: str, parameters: Mapping[str, Any] | None = None
) -> list[Record]:
    """All rows of a statement; decimals stay exact decimals."""
    cursor = connection.execute(sql, dict(parameters)) if parameters else connection.execute(sql)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
