"""An untrusted workbook marked: patched where it can be, else a twin, else its results alone."""

from collections.abc import Sequence
from pathlib import Path

from expectations.reasons import sentence
from flows.annotate.given import Annotated, apart
from flows.annotate.marks import Mark, ResultLine
from flows.annotate.parts import NotPatchable
from flows.annotate.patch import patch
from flows.annotate.twin import make_twin
from flows.annotate.verify import differences
from flows.reading.grid import Unreadable, Workbook
from flows.reading.workbook import open_workbook

PATCHED = {"xlsx": ".xlsx", "xlsm": ".xlsm"}


def give_back(
    path: Path, file_name: str, marks: Sequence[Mark], lines: Sequence[ResultLine], scratch: Path
) -> Annotated:
    """The workbook marked; it opens an untrusted file, so only the child may call it."""
    try:
        original = open_workbook(path)
    except Unreadable as refusal:
        return apart(file_name, lines, *sentence(refusal.reason, refusal.facts))
    if original.file_type in PATCHED:
        return _patched(path, file_name, original, marks, lines, scratch=scratch)
    return Annotated(
        make_twin(original, file_name, marks, lines),
        ".xlsx",
        "twin",
        f"Tệp {original.file_type} được chép sang xlsx để đánh dấu.",
        f"The {original.file_type} file was copied into xlsx to be marked.",
    )


def _patched(
    path: Path,
    file_name: str,
    original: Workbook,
    marks: Sequence[Mark],
    lines: Sequence[ResultLine],
    *,
    scratch: Path,
) -> Annotated:
    ending = PATCHED[original.file_type]
    try:
        content = patch(path, file_name, marks, lines)
    except (NotPatchable, Unreadable) as error:
        return apart(file_name, lines, str(error))
    if changed := differences(original, content, scratch / f"copy{ending}"):
        return apart(file_name, lines, "; ".join(changed[:3]))
    return Annotated(content, ending, "patched")
