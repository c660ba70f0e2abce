"""A workbook annotated: patched where it can be, else a marked twin, else its results alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from flows.annotate.marks import Mark, ResultLine, marks_of, result_lines, to_mend
from flows.annotate.parts import NotPatchable
from flows.annotate.patch import patch
from flows.annotate.twin import make_results, make_twin
from flows.annotate.verify import differences
from flows.reading.grid import Unreadable, Workbook
from flows.reading.workbook import open_workbook

How = Literal["patched", "twin", "results"]
PATCHED = {"xlsx": ".xlsx", "xlsm": ".xlsm"}


@dataclass(frozen=True, slots=True)
class Annotated:
    """A workbook to give back: its bytes, the ending of its name, and how it was made.

    `patched`: the very file with marks; `twin`: an xlsx file with the same cells; `results`: a
    workbook that only lists what was found. `why_vi` and `why_en` say why it is not the file.
    """

    content: bytes
    ending: str
    how: How
    why_vi: str = ""
    why_en: str = ""


def annotate(path: Path, file_name: str, findings: Iterable[Mapping[str, Any]]) -> Annotated:
    """A file with what its province has to mend, marked and explained in Vietnamese.

    `findings` are rows of `review.finding`, each with its `cells` (sheet, cell, typed_text).
    The file itself is never changed. Every value of the copy is compared with the original
    by our own reader before it is given out.
    """
    wanted = to_mend(findings)
    marks, lines = marks_of(wanted), result_lines(wanted)
    try:
        original = open_workbook(path)
    except Unreadable as error:
        content = make_results(file_name, lines)
        return Annotated(content, ".xlsx", "results", *_because(f"({error.reason})"))
    if original.file_type in PATCHED:
        return _patched(path, file_name, original, marks, lines)
    return _twin(file_name, original, marks, lines)


def _patched(
    path: Path, file_name: str, original: Workbook, marks: list[Mark], lines: list[ResultLine]
) -> Annotated:
    ending = PATCHED[original.file_type]
    try:
        content = patch(path, file_name, marks, lines)
    except (NotPatchable, Unreadable) as error:
        return _results(file_name, lines, str(error))
    if changed := differences(original, content, ending):
        return _results(file_name, lines, "; ".join(changed[:3]))
    return Annotated(content, ending, "patched")


def _twin(
    file_name: str, original: Workbook, marks: list[Mark], lines: list[ResultLine]
) -> Annotated:
    return Annotated(
        make_twin(original, file_name, marks, lines),
        ".xlsx",
        "twin",
        f"Tệp {original.file_type} được chép sang xlsx để đánh dấu.",
        f"The {original.file_type} file was copied into xlsx to be marked.",
    )


def _results(file_name: str, lines: list[ResultLine], why: str) -> Annotated:
    return Annotated(make_results(file_name, lines), ".xlsx", "results", *_because(why))


def _because(why: str) -> tuple[str, str]:
    return (
        f"Không đánh dấu được ngay trong tệp ({why}); kết quả ở tệp riêng.",
        f"The file itself could not be marked ({why}); the results are in a workbook of their own.",
    )
