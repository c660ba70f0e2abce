"""Rows on their way into tables: pandas frames from wire dicts, inserted in bulk."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection

DECIMALS = 12
WHOLE_DIGITS = 26
STEP = Decimal(1).scaleb(-DECIMALS)
Wire = Mapping[str, Any]


class DuplicateRows(ValueError):
    """Rows that must be unique are not; nothing of the load was kept."""


class FigureTooLarge(ValueError):
    """A figure with more digits before its decimal mark than the warehouse keeps."""


def figure(text: str, *, upwards: bool = False) -> str:
    """A decimal as the warehouse stores it: plain digits, 12 decimals at most.

    A General-format number may print more (`12.3456789012345`); it is rounded at the
    12th, a half-width upwards, so that the interval never loses the printed figure.
    """
    dot = text.find(".")
    if (
        "E" not in text
        and (dot < 0 or len(text) - dot <= DECIMALS + 1)
        and len(text) < WHOLE_DIGITS
    ):
        return text
    value = Decimal(text)
    if value.adjusted() >= WHOLE_DIGITS:
        raise FigureTooLarge(f"{text} has more than {WHOLE_DIGITS} digits; it is no figure.")
    rounding = ROUND_CEILING if upwards else ROUND_HALF_EVEN
    if -int(value.as_tuple().exponent) > DECIMALS:
        value = value.quantize(STEP, rounding)
    return format(value, "f")


def frame(rows: Sequence[Wire], columns: Mapping[str, str]) -> "pd.DataFrame":
    """A frame of the wire rows: `columns` maps each column of the table to its wire key."""
    import pandas as pd  # noqa: PLC0415

    return pd.DataFrame({name: [row[key] for row in rows] for name, key in columns.items()})


def insert(connection: "DuckDBPyConnection", table: str, rows: "pd.DataFrame") -> int:
    """Append a frame to the table of that name, each column cast to the table's type.

    Columns are matched by name; a column that the table has and the frame lacks is an
    error, not a NULL. Returns the number of rows.
    """
    if rows.empty:
        return 0
    types = column_types(connection, table)
    casts = ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in types.items())
    connection.register("incoming", rows)
    try:
        connection.execute(f'INSERT INTO "{table}" SELECT {casts} FROM incoming').fetchall()
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
    connection.register("incoming", rows)
    try:
        twice = connection.execute(
            f"SELECT {columns} FROM incoming GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL LIMIT 3"
        ).fetchall()
    finally:
        connection.unregister("incoming")
    if twice:
        raise DuplicateRows(f"More than one {what} with the same ({columns}): {twice}.")


def column_types(connection: "DuckDBPyConnection", table: str) -> dict[str, str]:
    """The columns of a stored table in order, with their types."""
    rows = connection.execute(
        "SELECT column_name, data_type FROM duckdb_columns() "
        "WHERE schema_name = 'main' AND table_name = ? ORDER BY column_index",
        [table],
    ).fetchall()
    return dict(rows)
