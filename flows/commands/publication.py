"""`baophu publication`: the publications that are kept, going back to one, comparing two."""

from dataclasses import asdict
from typing import Annotated

import typer

from flows.commands.console import HomeOption, JsonOption, add_row, data, make_table, say

publication = typer.Typer(
    name="publication",
    help="The publications that are kept: list, restore, compare.\n\n"
    "Example: baophu publication list",
    no_args_is_help=True,
)


@publication.command("list")
def list_publications(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """List the publications, the newest first; the current one is marked.

    Example: baophu publication list
    """
    from flows.home import find_home
    from warehouse.past import kept

    found = kept(find_home(home))
    if as_json:
        _print_json([asdict(one) for one in found])
        return
    table = make_table("", "name", "MB", "submissions", "figures", "content", right=("MB",))
    for one in found:
        size = f"{one.size_bytes / 1e6:.1f}"
        mark = "→" if one.is_current else ""
        add_row(table, mark, one.name, size, one.submissions, one.figures, one.content_hash[:12])
    data().print(table)


@publication.command("restore")
def restore_publication(
    name: Annotated[str, typer.Argument(help="Name of the publication, or its beginning.")],
    home: HomeOption = None,
) -> None:
    """Let readers have an older publication again, until a night publishes the next one.

    Example: baophu publication restore 20261122T075756
    """
    from flows.home import find_home
    from warehouse.past import restore
    from warehouse.places import current_link

    found = find_home(home)
    path = restore(found, name)
    say(f"{current_link(found)} shows {path.stem} now. The next night publishes what is stored.")


@publication.command("diff")
def diff_publications(
    old: Annotated[str, typer.Argument(help="Name of the older publication.")],
    new: Annotated[str, typer.Argument(help="Name of the newer one.")] = "current",
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many rows at most.")] = 1000,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the figures that were added, removed or changed from one publication to another.

    Example: baophu publication diff 20261121 current
    """
    from flows.home import find_home
    from warehouse.figures import plain
    from warehouse.past import difference

    rows = difference(find_home(home), old, new, limit)
    if as_json:
        _print_json(rows)
        return
    names = ("change", "area_code", "indicator", "group_code", "period", "scenario")
    table = make_table(*names, "old_value", "new_value", right=("old_value", "new_value"))
    for row in rows:
        values = (row[name] for name in ("old_value", "new_value"))
        cells = (None if value is None else plain(value) for value in values)
        add_row(table, *(row[name] for name in names), *cells)
    data().print(table)
    more = " or more" if len(rows) == limit else ""
    say(f"{len(rows)}{more} figure{'' if len(rows) == 1 else 's'} differ.")


def _print_json(value: object) -> None:
    from flows.exact_json import dumps

    typer.echo(dumps(value, indent=1))
