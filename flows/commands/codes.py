"""`baophu codes`: the code lists and where a code stands in them."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from flows.commands.console import JsonOption, add_row, data, fail, make_table, say

LISTS = ("areas", "indicators", "groups", "units")

codes = typer.Typer(
    name="codes",
    help="The code lists: areas, indicators, groups, units.\n\nExample: baophu codes list areas",
    no_args_is_help=True,
)


@codes.command("list")
def list_codes(
    name: Annotated[str, typer.Argument(help="areas, indicators, groups or units.")] = "",
    as_json: JsonOption = False,
) -> None:
    """List the codes of one list, or how many codes each list holds.

    Example: baophu codes list indicators
    """
    if not name:
        table = make_table("list", "codes", right=("codes",))
        for each in LISTS:
            add_row(table, each, len(_rows(each)))
        data().print(table)
        return
    rows = _rows(name)
    if as_json:
        _print_json(rows)
        return
    table = make_table(*rows[0])
    for row in rows:
        add_row(table, *row.values())
    data().print(table)


@codes.command("show")
def show_code(
    code: Annotated[str, typer.Argument(help="A code, such as 62 or bhyt_participants.")],
    as_json: JsonOption = False,
) -> None:
    """Show what a code means, in every list and every period that has it.

    Example: baophu codes show bhyt_participants
    """
    found = [{"list": name, **row} for name in LISTS for row in _rows(name) if row["code"] == code]
    if not found:
        fail(f"There is no code {code!r}; baophu codes list shows the lists.")
    if as_json:
        _print_json(found)
        return
    for row in found:
        table = make_table("", "")
        table.show_header = False
        for key, value in row.items():
            add_row(table, key, value)
        data().print(table)
    say(f"{len(found)} entr{'y' if len(found) == 1 else 'ies'}.")


def _rows(name: str) -> list[dict[str, Any]]:
    from warehouse import reference

    if name not in LISTS:
        fail(f"There is no code list {name!r}; there are {', '.join(LISTS)}.")
    return [asdict(row) for row in getattr(reference, name)()]


def _print_json(rows: list[dict[str, Any]]) -> None:
    from flows.exact_json import dumps

    typer.echo(dumps(rows, indent=1))
