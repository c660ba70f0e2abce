"""What a publication offers: its marts and views, their questions, columns, units and rows."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse import dictionary
from warehouse.rows import Record, fetch_records

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TABLES = """
SELECT schema_name, table_name AS name, comment, false AS is_view
FROM duckdb_tables() WHERE list_contains(['review', 'mart'], schema_name)
UNION ALL
SELECT schema_name, view_name, comment, true
FROM duckdb_views() WHERE list_contains(['review', 'mart'], schema_name)
ORDER BY ALL
"""
COLUMNS = """
SELECT column_name, data_type, comment FROM duckdb_columns()
WHERE schema_name = $schema AND table_name = $name ORDER BY column_index
"""
UNITS = {
    "_people": "people",
    "_pct": "percent",
    "_pct_points": "percentage points",
    "_vnd": "VND",
    "_visits": "visits",
    "_facilities": "facilities",
    "_staff": "staff",
    "_days": "days",
}
"""A column's unit is the end of its name; the longest that fits counts."""
IN_UNIT = {
    *("value", "value_literal", "value_before", "half_width"),
    *("computed", "low", "high", "found", "gap", "expected_low", "expected_high"),
    *("suggested_value", "plan_value", "actual_value", "difference_value"),
    *("old_value", "new_value", "change_value"),
}
"""Columns whose unit is that of the row's figure."""


class NoSuchMart(LookupError):
    """There is no mart of that name."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its type in DuckDB, its unit ("" when it is no figure), its meaning."""

    name: str
    type: str
    unit: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One table or view of a publication with the question that it answers."""

    schema: str
    name: str
    question: str
    is_view: bool

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that tell its rows apart; () where none do."""
        return dictionary.keys().get(f"{self.schema}.{self.name}", ())

    @property
    def in_order(self) -> str:
        """An ORDER BY that gives the same rows in the same order, however they were written."""
        return f"ORDER BY {', '.join(self.key)}" if self.key else "ORDER BY ALL"


def offers(connection: "DuckDBPyConnection", *schemas: str) -> list[Offer]:
    """The tables and views of the schemas (default: mart) in the order of their names."""
    wanted = schemas or ("mart",)
    rows = connection.execute(TABLES).fetchall()
    return [Offer(*row) for row in rows if row[0] in wanted]


def mart_named(connection: "DuckDBPyConnection", name: str) -> Offer:
    """The mart of a name, with or without `mart.`; raises NoSuchMart, naming those there are."""
    there = {offer.name: offer for offer in offers(connection)}
    found = there.get(name.removeprefix("mart."))
    if found is None:
        raise NoSuchMart(f"There is no mart {name!r}; there are {', '.join(there)}.")
    return found


def columns(connection: "DuckDBPyConnection", offer: Offer) -> list[Column]:
    """The columns of a table or view, in order."""
    rows = connection.execute(COLUMNS, {"schema": offer.schema, "name": offer.name}).fetchall()
    return [Column(name, kind, unit_of(name), said or "") for name, kind, said in rows]


def unit_of(column: str) -> str:
    """The unit that a column's name ends with, "" when it is no figure."""
    if column in IN_UNIT:
        return "the row's unit"
    ends = [end for end in UNITS if column.endswith(end) or f"_{column}" == end]
    return UNITS[max(ends, key=len)] if ends else ""


def count_rows(connection: "DuckDBPyConnection", offer: Offer) -> int:
    """How many rows a table or view has."""
    row = connection.execute(f"SELECT count(*) FROM {offer.schema}.{offer.name}").fetchall()
    return int(row[0][0])


def first_rows(connection: "DuckDBPyConnection", offer: Offer, limit: int) -> list[Record]:
    """The first rows in the order of the table's key."""
    return fetch_records(
        connection, f"FROM {offer.schema}.{offer.name} {offer.in_order} LIMIT {limit:d}"
    )
