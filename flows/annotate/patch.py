"""An Office Open XML workbook patched: marks, comments, a sheet of results, all else as it was."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from flows.annotate.book import add_first_sheet, read_book
from flows.annotate.comments import add_comments
from flows.annotate.marks import Mark, ResultLine
from flows.annotate.parts import NotPatchable, Parts
from flows.annotate.relations import main_part
from flows.annotate.results import results_part
from flows.annotate.sheets import fill_cells
from flows.annotate.styles import StyleSheet


def patch(path: Path, file_name: str, marks: Sequence[Mark], lines: Sequence[ResultLine]) -> bytes:
    """The workbook with its cells marked; raises NotPatchable and Unreadable."""
    parts = Parts(path)
    if any(name.lower().startswith("_xmlsignatures/") for name in parts.names()):
        raise NotPatchable("a workbook with a digital signature, which a change would break")
    book = read_book(parts, main_part(parts))
    styles = StyleSheet(parts.read(book.styles))
    for sheet, own in _by_sheet(marks).items():
        if sheet in book.sheets:
            part = book.sheets[sheet]
            parts.write(part, fill_cells(parts.read(part), own, styles))
            if told := [mark for mark in own if mark.text]:
                add_comments(parts, part, told)
    add_first_sheet(parts, book, results_part(file_name, lines, styles))
    parts.write(book.styles, styles.done())
    return parts.packed()


def _by_sheet(marks: Sequence[Mark]) -> dict[str, list[Mark]]:
    found: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        found[mark.sheet].append(mark)
    return found
