"""What every table and column means: the dictionary's rows as comments in the database."""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.database import transaction

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FOLDER = Path(__file__).parent / "dictionary"
SCHEMAS = ("main", "review", "mart")


@cache
def table_meanings() -> dict[str, str]:
    """What a table or view holds, by `schema.name`."""
    return {row["table"]: row["meaning"] for row in _rows("tables.csv")}


@cache
def keys() -> dict[str, tuple[str, ...]]:
    """The columns that tell the rows of a table apart, by `schema.name`; () where none do."""
    return {row["table"]: tuple(row["key"].split()) for row in _rows("tables.csv")}


@cache
def column_meanings() -> dict[tuple[str, str], str]:
    """What a column means, by (table without its schema, column).

    The table is empty where a name means the same wherever it appears.
    """
    return {(row["table"], row["column"]): row["meaning"] for row in _rows("columns.csv")}


def meaning_of_column(table: str, column: str) -> str:
    """The meaning of one column of `schema.table`; empty when the dictionary has none."""
    meanings = column_meanings()
    bare = table.partition(".")[2]
    return meanings.get((bare, column)) or meanings.get(("", column), "")


def comment(connection: "DuckDBPyConnection") -> None:
    """Write the dictionary into the database as comments on tables, views and columns."""
    statements = [*_table_comments(connection), *_column_comments(connection)]
    with transaction(connection):  # a tenth of the time of a commit each
        connection.execute(";\n".join(statements))


def uncommented(connection: "DuckDBPyConnection") -> list[str]:
    """The tables (`mart.visits`) and columns (`mart.visits.year`) without a comment."""
    tables = connection.execute(
        "SELECT schema_name || '.' || name FROM ("
        "SELECT schema_name, table_name AS name, comment FROM duckdb_tables() UNION ALL "
        "SELECT schema_name, view_name, comment FROM duckdb_views() WHERE NOT internal) "
        "WHERE coalesce(comment, '') = '' AND list_contains(?, schema_name) ORDER BY ALL",
        [list(SCHEMAS)],
    ).fetchall()
    columns = connection.execute(
        "SELECT schema_name || '.' || table_name || '.' || column_name FROM duckdb_columns() "
        "WHERE coalesce(comment, '') = '' AND NOT internal AND list_contains(?, schema_name) "
        "ORDER BY ALL",
        [list(SCHEMAS)],
    ).fetchall()
    return [name for (name,) in tables + columns]


def _table_comments(connection: "DuckDBPyConnection") -> Iterator[str]:
    rows = connection.execute(
        "SELECT 'TABLE', schema_name || '.' || table_name FROM duckdb_tables() UNION ALL "
        "SELECT 'VIEW', schema_name || '.' || view_name FROM duckdb_views() WHERE NOT internal "
        "ORDER BY ALL"
    ).fetchall()
    for kind, name in rows:
        if name in table_meanings():
            yield f"COMMENT ON {kind} {name} IS {_quoted(table_meanings()[name])}"


def _column_comments(connection: "DuckDBPyConnection") -> Iterator[str]:
    rows = connection.execute(
        "SELECT schema_name || '.' || table_name, column_name FROM duckdb_columns() "
        "WHERE NOT internal ORDER BY ALL"
    ).fetchall()
    for table, column in rows:
        meaning = meaning_of_column(table, column)
        if meaning:
            yield f'COMMENT ON COLUMN {table}."{column}" IS {_quoted(meaning)}'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
