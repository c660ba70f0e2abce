"""`baophu annotate`: the submitted workbook to give back, failing cells marked and explained."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.console import HomeOption, fail, say

if TYPE_CHECKING:
    from flows.annotate.given import Annotated as AnnotatedWorkbook


def annotate(
    submission: Annotated[
        str, typer.Argument(help="Id or file name of a submission.", metavar="SUBMISSION")
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="Where to write the workbook.", dir_okay=False)
    ],
    home: HomeOption = None,
) -> None:
    """Write the workbook to give back to the province.

    It is the very file with failing cells filled and commented and a first sheet that lists what
    was found; xls, ods, csv and html come as an xlsx twin.

    Example: baophu annotate 00f31ed5ea845ade -o give-back.xlsx
    """
    from flows.annotate.submission import NoSuchSubmission, annotate_submission
    from flows.home import find_home

    try:
        _, annotated = annotate_submission(find_home(home), submission)
    except NoSuchSubmission as error:
        fail(str(error))
    write_workbook(annotated, out)


def write_workbook(annotated: "AnnotatedWorkbook", out: Path) -> None:
    """Write a workbook to give back, and say how it was made.

    A name whose ending would make Excel refuse the file ends the command with code 2.
    """
    if out.suffix.lower() != annotated.ending:
        fail(f"{out}: this workbook must be named *{annotated.ending}.", 2)
    out.write_bytes(annotated.content)
    if annotated.why_vi:
        say(f"{annotated.why_vi} / {annotated.why_en}")
    say(f"{out} ({annotated.how}).")
