"""Columns on their way into tables: pandas frames, inserted in bulk, unique where they must be."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection


class DuplicateRows(ValueError):
    """Rows that must be unique are not; nothing of the load was kept."""


def frame(columns: Mapping[str, list[Any]]) -> "pd.DataFrame":
    """A frame of columns, held by Arrow: half the time of pandas' own text columns."""
    import pandas as pd  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415

    table: pd.DataFrame = pa.table(dict(columns)).to_pandas(types_mapper=pd.ArrowDtype)
    return table


def insert(connection: "DuckDBPyConnection", table: str, rows: "pd.DataFrame") -> int:
    """Append a frame to the table of that name, each column cast to the table's type.

    Columns are matched by name; a column that the table has and the frame lacks is an
    error, not a NULL, unless the table has a default for it. Returns the number of rows.
    """
    if rows.empty:
        return 0
    given = set(rows.columns) | set(column_types(connection, table, with_defaults=False))
    types = column_types(connection, table)
    casts = ", ".join(
        f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in types.items() if name in given
    )
    connection.register("incoming", rows)
    try:
        connection.execute(f'INSERT INTO "{table}" BY NAME SELECT {casts} FROM incoming').fetchall()
    finally:
        connection.unregister("incoming")
    return len(rows)


def refuse_duplicates(
    connection: "DuckDBPyConnection", rows: "pd.DataFrame", what: str, key: Iterable[str]
) -> None:
    """Raise DuplicateRows when two rows of a frame share a key."""
    if rows.empty:
        return
    columns = ", ".join(key)
    # Hashes first: a third of the time of grouping long texts, and mostly the end of it.
    suspects = f"SELECT hash({columns}) AS place FROM incoming GROUP BY place HAVING count(*) > 1"
    connection.register("incoming", rows)
    try:
        twice = connection.execute(
            f"SELECT {columns} FROM incoming WHERE hash({columns}) IN ({suspects}) "
            "GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL LIMIT 3"
        ).fetchall()
    finally:
        connection.unregister("incoming")
    if twice:
        raise DuplicateRows(f"More than one {what} with the same ({columns}): {twice}.")


def column_types(
    connection: "DuckDBPyConnection", table: str, *, with_defaults: bool = True
) -> dict[str, str]:
    """The columns of a stored table in order, with their types."""
    rows = connection.execute(
        "SELECT column_name, data_type FROM duckdb_columns() "
        "WHERE database_name = current_database() AND schema_name = 'main' "
        "AND table_name = ? AND (? OR column_default IS NULL) "
        "ORDER BY column_index",
        [table, with_defaults],
    ).fetchall()
    return dict(rows)
