"""`baophu query`: one SELECT on the published warehouse, read-only and bounded."""

from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.console import HomeOption, JsonOption, add_row, data, fail, make_table, say

if TYPE_CHECKING:
    from warehouse.ask import Answer


def query(
    sql: Annotated[str, typer.Argument(help="One SELECT over review.* and mart.*.")],
    home: HomeOption = None,
    as_json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
) -> None:
    """Ask the published warehouse with SQL; it can read nothing else and change nothing.

    Example: baophu query "SELECT file_name, status FROM review.submission" --csv
    """
    from flows.home import find_home
    from warehouse.ask import QuestionRefused, ask
    from warehouse.places import current_link
    from warehouse.tables_out import to_csv, to_json

    current = current_link(find_home(home))
    if not current.exists():
        fail(f"Nothing is published at {current}; run `baophu nightly` first.")
    try:
        answer = ask(current, sql)
    except QuestionRefused as error:
        fail(str(error))
    if as_json:
        typer.echo(to_json(answer))
    elif as_csv:
        typer.echo(to_csv(answer), nl=False)
    else:
        _print_table(answer)
    if answer.cut:
        say(f"There are more rows than the {len(answer.rows)} shown.")


def _print_table(answer: "Answer") -> None:
    from decimal import Decimal

    from warehouse.figures import plain

    figures = [
        column
        for column, kind in zip(answer.columns, answer.types, strict=True)
        if kind.startswith(("DECIMAL", "BIGINT", "INTEGER", "DOUBLE", "HUGEINT"))
    ]
    table = make_table(*answer.columns, right=tuple(figures))
    for row in answer.rows:
        add_row(table, *(plain(v) if isinstance(v, Decimal) else v for v in row))
    data().print(table)
