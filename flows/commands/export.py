"""`baophu export`: the marts for other tools, in a folder with their description."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from flows.commands.console import HomeOption, say


def export(
    to: Annotated[Path, typer.Option("--to", help="Folder to write; a former export in it goes.")],
    form: Annotated[
        Literal["parquet", "csv", "sdmx", "xlsx"],
        typer.Option("--format", help="parquet, csv, sdmx (SDMX-CSV and structure) or xlsx."),
    ] = "parquet",
    home: HomeOption = None,
) -> None:
    """Write the published marts for other tools, with a datapackage.json that describes them.

    Example: baophu export --to /tmp/baophu-csv --format csv
    """
    from flows.exports.export import export as write
    from flows.home import find_home
    from warehouse.places import current_link

    count = write(current_link(find_home(home)), to.expanduser().resolve(), form)
    say(f"{to}: {count} table{'' if count == 1 else 's'} as {form}, described in datapackage.json.")
