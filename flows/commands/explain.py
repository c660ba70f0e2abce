"""`baophu explain`: how a workbook was understood, cell by cell."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.console import data, fail, say


def explain(
    file: Annotated[Path, typer.Argument(help="A workbook.")],
    html: Annotated[
        Path | None, typer.Option("--html", help="Write one HTML page here instead.")
    ] = None,
) -> None:
    """Show a workbook as typed, each cell in the colour of its role, each figure's meaning.

    Exit code 2: the workbook cannot be read.

    Example: baophu explain raw/samples/report.xlsx --html report.html
    """
    from flows.readings import read_files_at

    [reading] = read_files_at([file])
    if reading["status"] == "rejected":
        fail(f"{file}: {reading['reason_vi']} / {reading['reason_en']}", 2)
    if html is not None:
        from flows.explaining.page import render_page

        html.write_text(render_page(reading), "utf-8")
        say(f"Written: {html}")
        return
    from flows.explaining.terminal import render

    console = data()
    for part in render(reading):
        console.print(part, soft_wrap=True)
