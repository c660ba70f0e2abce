"""`baophu mart`: the answers that the last publication holds, one table a question."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.console import HomeOption, JsonOption, add_row, data, fail, make_table, say

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from duckdb import DuckDBPyConnection

    from warehouse.catalog import Column

mart = typer.Typer(
    name="mart",
    help="The answers that analysts find in the warehouse, one table a question.\n\n"
    "Example: baophu mart list",
    no_args_is_help=True,
)


@mart.command("list")
def list_marts(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """List the marts with the question each answers and its number of rows.

    Example: baophu mart list
    """
    from warehouse import catalog

    with _open(home) as connection:
        found = [
            {
                "name": one.name,
                "rows": catalog.count_rows(connection, one),
                "question": one.question,
            }
            for one in catalog.offers(connection)
        ]
    if as_json:
        _print_json(found)
        return
    table = make_table("mart", "rows", "question", right=("rows",))
    for row in found:
        add_row(table, *row.values())
    data().print(table)
    say("baophu mart show NAME shows the columns and the first rows of one.")


@mart.command("show")
def show_mart(
    name: Annotated[str, typer.Argument(help="Name of the mart, as in `baophu mart list`.")],
    rows: Annotated[int, typer.Option("--rows", min=0, help="How many rows to show.")] = 10,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what a mart answers: its columns with their units and meanings, and its first rows.

    Example: baophu mart show coverage_by_province_year
    """
    from warehouse import catalog

    with _open(home) as connection:
        try:
            offer = catalog.mart_named(connection, name)
        except catalog.NoSuchMart as error:
            fail(str(error))
        columns = catalog.columns(connection, offer)
        records = catalog.first_rows(connection, offer, rows)
    if as_json:
        head = {"name": offer.name, "question": offer.question}
        _print_json({**head, "columns": [asdict(one) for one in columns], "rows": records})
        return
    say(offer.question)
    _print_columns(columns)
    if records:
        data().print()
        _print_rows(records)


def _print_columns(columns: "list[Column]") -> None:
    table = make_table("column", "type", "unit", "meaning")
    for column in columns:
        add_row(table, column.name, column.type, column.unit, column.meaning)
    data().print(table)


def _print_rows(records: list[dict[str, Any]]) -> None:
    """One block a row: a mart has more columns than a terminal."""
    from decimal import Decimal

    from warehouse.figures import plain

    for number, record in enumerate(records, 1):
        table = make_table(f"row {number}", "")
        for name, value in record.items():
            if value is not None and value != "":
                add_row(table, name, plain(value) if isinstance(value, Decimal) else value)
        data().print(table)


def _open(home: Path | None) -> "AbstractContextManager[DuckDBPyConnection]":
    from flows.home import find_home
    from warehouse.database import open_published
    from warehouse.places import current_link

    return open_published(current_link(find_home(home)))


def _print_json(value: object) -> None:
    from flows.exact_json import dumps

    typer.echo(dumps(value, indent=1))
