"""`baophu lake`: the lake that several machines write to, and reading it as it stood."""

from typing import Annotated

import typer

from flows.commands.console import HomeOption, add_row, data, make_table, say

lake = typer.Typer(
    name="lake",
    help="The lake that several machines write to (BAOPHU_LAKE): write, versions, query.\n\n"
    "Example: baophu lake versions",
    no_args_is_help=True,
)


@lake.command("write")
def write_lake(home: HomeOption = None) -> None:
    """Bring the lake to what the current publication says; every night does it by itself.

    Example: baophu lake write
    """
    from flows.home import find_home
    from flows.lake import write_publication

    written = write_publication(find_home(home))
    say(f"{written['submissions']} submissions written, {written['tries']} tries.")


@lake.command("versions")
def list_versions() -> None:
    """List the states of the lake that can be read again, the oldest first (UTC).

    Example: baophu lake versions
    """
    from flows.lake import ask_lake

    table = make_table("version", "since")
    for version, since in ask_lake("versions"):
        add_row(table, version, since)
    data().print(table)


@lake.command("query")
def query_lake(
    sql: Annotated[str, typer.Argument(help="One SELECT.")],
    version: Annotated[
        int | None, typer.Option("--version", help="As the lake stood at that version.")
    ] = None,
) -> None:
    """Ask the lake and print CSV. It is your own SQL with your own rights: no sandbox.

    Example: baophu lake query "SELECT count(*) FROM mart.figures" --version 12
    """
    from flows.lake import ask_lake
    from warehouse.ask import Answer
    from warehouse.tables_out import to_csv

    then = [] if version is None else ["--version", str(version)]
    said = ask_lake("ask", *then, sql)
    rows = tuple(tuple(row) for row in said["rows"])
    typer.echo(to_csv(Answer(tuple(said["columns"]), (), rows, cut=False)), nl=False)
