"""A workbook's understanding on a terminal: the sheet in colours, then every figure."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from flows.explaining.view import ShownSheet, make_sheets
from warehouse.model import a1

ROLE_STYLES = {
    "observation": "bold green",
    "label": "cyan",
    "note": "blue",
    "ignored": "dim",
    "unread": "bold white on red",
}
LONGEST_TEXT = 28


def render(reading: Mapping[str, Any]) -> Iterator[RenderableType]:
    """The parts of the view in order: facts, legend, and for each sheet its grid and figures."""
    yield Text(f"{reading['file_name']}: {reading['title']}", style="bold")
    yield Text(f"{reading['province_name']} {reading['reference_year'] or ''}".strip())
    yield Text("  ").join(Text(f" {role} ", style=style) for role, style in ROLE_STYLES.items())
    for sheet in make_sheets(reading):
        yield Text(f"\n{sheet.name}", style="bold underline")
        yield _grid(sheet)
        yield from _figures(sheet)
        yield from _labels(sheet)
        yield from _unread(sheet)


def _grid(sheet: ShownSheet) -> Table:
    table = Table(show_lines=False, box=None, pad_edge=False, header_style="dim")
    table.add_column("", style="dim", justify="right")
    for column in sheet.columns:
        table.add_column(a1(1, column)[:-1], overflow="ellipsis", no_wrap=True)
    for row in sheet.rows:
        cells = [sheet.cells.get((row, column)) for column in sheet.columns]
        table.add_row(
            str(row),
            *(Text(_short(c.text), style=ROLE_STYLES[c.role]) if c else Text("") for c in cells),
        )
    return table


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TEXT else line[: LONGEST_TEXT - 1] + "…"


def _figures(sheet: ShownSheet) -> Iterator[Text]:
    for _, cell in sorted(sheet.cells.items()):
        for line in cell.meanings:
            yield Text(f"{cell.address:>6} ") + Text(_short(cell.text), "green") + Text(f": {line}")


def _labels(sheet: ShownSheet) -> Iterator[Text]:
    """Every label that gave a figure its meaning, once: what it says, and how surely."""
    spoken = {
        label.text: label
        for _, cell in sorted(sheet.cells.items())
        for figure in cell.figures
        for label in figure.spoken
    }
    for label in spoken.values():
        yield Text(f"       {label.line}", "yellow" if label.score < 1 else "cyan")


def _unread(sheet: ShownSheet) -> Iterator[Text]:
    for _, cell in sorted(sheet.cells.items()):
        if cell.role == "unread":
            yield Text(f"{cell.address:>6} {_short(cell.text)}: unread, {cell.why}", style="red")
