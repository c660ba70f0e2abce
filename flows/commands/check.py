"""`baophu check`: read and judge workbooks without storing anything."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.console import (
    SEVERITY_STYLES,
    STATUS_STYLES,
    JsonOption,
    data,
    fail,
    make_table,
    say,
    styled,
    words,
)

if TYPE_CHECKING:
    from flows.checking import Checked

CRITICAL, UNREADABLE = 1, 2


def check(
    files: Annotated[list[Path], typer.Argument(help="Workbooks to check.", metavar="FILE")],
    as_json: JsonOption = False,
    annotate: Annotated[
        Path | None,
        typer.Option(
            "--annotate",
            help="Write the workbook with its failing cells marked (one FILE only).",
            metavar="OUT.xlsx",
            show_default=False,
            dir_okay=False,
        ),
    ] = None,
) -> None:
    """Read and judge workbooks; nothing is stored.

    Exit code 0: nothing critical; 1: critical findings; 2: a file cannot be read.
    With --json one object a file is printed, one a line.

    Example: baophu check report.xlsx --json
    """
    from flows.checking import check_files

    if annotate and len(files) > 1:
        fail("--annotate takes one FILE.", UNREADABLE)
    if words().is_terminal:
        with words().status(f"checking {len(files)} file{'s' * (len(files) > 1)}"):
            results = check_files(files)
    else:
        results = check_files(files)
    for result in results:
        if as_json:
            _print_json(result)
        else:
            _print_result(result)
        if annotate:
            _annotate(files[0], result, annotate)
    raise typer.Exit(max(_exit_code(result) for result in results))


def _annotate(file: Path, result: "Checked", out: Path) -> None:
    from flows.annotate.annotate import annotate
    from flows.commands.annotate import write_workbook

    if result.status == "rejected":
        say(f"{out} is not written: the file cannot be read.")
    else:
        write_workbook(annotate(file, file.name, result.findings), out)


def _exit_code(result: "Checked") -> int:
    if result.status == "rejected":
        return UNREADABLE
    return CRITICAL if result.critical else 0


def _print_json(result: "Checked") -> None:
    from flows.exact_json import dumps

    typer.echo(dumps(result.as_record()))


def _print_result(result: "Checked") -> None:
    from rich.text import Text

    console = data()
    head = Text.assemble(result.file, ": ", styled(result.status, STATUS_STYLES))
    console.print(head)
    if result.status == "rejected":
        say(result.sentence)
        return
    if result.findings:
        table = make_table("mức", "sheet", "ô", "nội dung", "gợi ý")
        for finding in result.findings:
            table.add_row(
                styled(finding["severity"], SEVERITY_STYLES),
                Text(finding["sheet"]),
                Text(finding["culprit_cell"] or ", ".join(c["cell"] for c in finding["cells"])),
                Text(finding["message_vi"]),
                Text(finding["suggestion"]),
            )
        console.print(table)
    say(f"{len(result.observations)} figures, {len(result.findings)} findings.")
