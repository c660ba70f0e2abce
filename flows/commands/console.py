"""Where commands speak: data to stdout, words to stderr, options that many share."""

import shutil
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

PIPED_WIDTH = 160
"""Columns of a table that goes into a file or a pipe, where no terminal says how wide it is."""

HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home",
        help="Folder with raw/ and the warehouse's data files. [default: BAOPHU_HOME, else the "
        "repository]",
        show_default=False,
        file_okay=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


def words() -> Console:
    """The console for words: stderr."""
    return Console(stderr=True, highlight=False)


def data() -> Console:
    """The console for data: stdout, as wide as the terminal, or wide when there is none."""
    width = None if sys.stdout.isatty() else PIPED_WIDTH
    return Console(highlight=False, width=width or shutil.get_terminal_size((100, 24)).columns)


def say(text: str) -> None:
    """Say one sentence on stderr."""
    words().print(Text(text), soft_wrap=True)


def fail(text: str, code: int = 1) -> NoReturn:
    """Say what is wrong in one sentence and end with an exit code."""
    say(text)
    raise typer.Exit(code)


def make_table(*columns: str, right: tuple[str, ...] = ()) -> Table:
    """A plain table; the columns named in `right` hold figures."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(
            column,
            justify="right" if column in right else "left",
            no_wrap=column in right,
            overflow="fold",
        )
    return table


def add_row(table: Table, *cells: object) -> None:
    """Add a row of plain texts: what a province typed is never taken for markup."""
    table.add_row(*("" if cell is None else Text(str(cell)) for cell in cells))


SEVERITY_STYLES = {"critical": "bold red", "warning": "yellow", "info": "cyan"}
STATUS_STYLES = {"accepted": "green", "quarantined": "yellow", "rejected": "bold red"}


def styled(text: str, styles: dict[str, str]) -> Text:
    """A word in the colour that its meaning has everywhere."""
    return Text(text, style=styles.get(text, ""))
