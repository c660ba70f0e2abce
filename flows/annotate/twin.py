"""New workbooks: an annotated xlsx twin of any other file type, and results on their own."""

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from flows.annotate.book import free_title
from flows.annotate.marks import Mark, ResultLine
from flows.annotate.results import (
    FIRST_LINE,
    HEADS,
    LINK,
    WIDTHS,
    heading,
    height_of,
    location,
    row_of,
)
from flows.annotate.styles import FILLS
from flows.annotate.tags import clean
from flows.reading.grid import Grid, Workbook
from warehouse.model import Cell

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as MadeCell
    from openpyxl.workbook.workbook import Workbook as MadeBook
    from openpyxl.worksheet.worksheet import Worksheet

BOX = {"width": 320, "height": 160}


def make_twin(
    original: Workbook, file_name: str, marks: Sequence[Mark], lines: Sequence[ResultLine]
) -> bytes:
    """The sheets of a workbook as an xlsx file, marked, with the sheet of results first."""
    from openpyxl import Workbook as Made  # noqa: PLC0415

    book = Made()
    sheets = _add_sheets(book, original)
    for mark in marks:
        if mark.sheet in sheets:
            _mark(sheets[mark.sheet], mark)
    titles = {
        grid.sheet: sheet.title for grid, sheet in zip(original.grids, sheets.values(), strict=True)
    }
    _add_results(book, file_name, lines, titles)
    return _saved(book)


def make_results(file_name: str, lines: Sequence[ResultLine]) -> bytes:
    """The sheet of results alone, for a file that cannot be given back marked."""
    from openpyxl import Workbook as Made  # noqa: PLC0415

    book = Made()
    _add_results(book, file_name, lines, {})
    return _saved(book)


def _add_sheets(book: "MadeBook", original: Workbook) -> dict[str, "Worksheet"]:
    sheets = {}
    for number, grid in enumerate(original.grids, start=1):
        sheet = book.create_sheet(_title(grid.sheet, number))
        _fill(sheet, grid)
        sheets[grid.sheet] = sheet
    return sheets


def _title(name: str, number: int) -> str:
    """A sheet name that xlsx allows."""
    allowed = "".join(sign for sign in clean(name) if sign not in "[]:*?/\\")[:31].strip("' ")
    return allowed or f"Sheet{number}"


def _fill(sheet: "Worksheet", grid: Grid) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    for (row, column), cell in grid.cells.items():
        made = _cell(sheet, row, column)
        _put(made, cell)
        made.alignment = Alignment(wrap_text=True, vertical="center", indent=cell.indent)
        if cell.bold:
            made.font = Font(bold=True)
    for merge in grid.merges:
        sheet.merge_cells(None, merge.top, merge.left, merge.bottom, merge.right)
    for column, width in grid.column_widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
    for hidden_row in grid.hidden_rows:
        sheet.row_dimensions[hidden_row].hidden = True
    for hidden_column in grid.hidden_columns:
        sheet.column_dimensions[get_column_letter(hidden_column)].hidden = True
    if grid.hidden:
        sheet.sheet_state = "hidden"


def _put(made: "MadeCell", cell: Cell) -> None:
    """A cell's value; texts stay texts, whatever sign they begin with, formulas their results."""
    if isinstance(cell.value, Decimal):
        made.value = cell.value
        made.number_format = cell.number_format
    else:
        made.value = clean(cell.typed_text)
        made.data_type = "s"


def _mark(sheet: "Worksheet", mark: Mark) -> None:
    from openpyxl.comments import Comment  # noqa: PLC0415
    from openpyxl.styles import PatternFill  # noqa: PLC0415

    cell = sheet[mark.cell]
    cell.fill = PatternFill("solid", fgColor=FILLS[mark.look])
    if mark.text:
        cell.comment = Comment(clean(mark.text), "baophu", **BOX)


def _add_results(
    book: "MadeBook", file_name: str, lines: Sequence[ResultLine], titles: dict[str, str]
) -> None:
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    if book.active is not None:
        book.remove(book.active)
    sheet = book.create_sheet(free_title({name.casefold() for name in book.sheetnames}), 0)
    title, summary = heading(file_name, lines)
    bold = Font(bold=True)
    _write(sheet, 1, (title,)).font = bold
    _write(sheet, 2, (summary,))
    _write(sheet, FIRST_LINE - 1, HEADS)
    for cell in sheet[FIRST_LINE - 1]:
        cell.font = bold
    for number, line in enumerate(lines, start=1):
        _write_line(sheet, FIRST_LINE - 1 + number, number, line, titles)
    for number, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = f"A{FIRST_LINE}"
    book.active = 0


def _write_line(
    sheet: "Worksheet", row: int, number: int, line: ResultLine, titles: dict[str, str]
) -> None:
    from dataclasses import replace  # noqa: PLC0415

    from openpyxl.styles import Font, PatternFill  # noqa: PLC0415
    from openpyxl.worksheet.hyperlink import Hyperlink  # noqa: PLC0415

    _write(sheet, row, row_of(number, line))
    sheet.cell(row, 2).fill = PatternFill("solid", fgColor=FILLS[line.severity, True])
    if line.cell and line.sheet in titles:
        link = sheet.cell(row, LINK)
        there = location(replace(line, sheet=titles[line.sheet]))
        link.hyperlink = Hyperlink(ref=link.coordinate, location=there)
        link.font = Font(underline="single", color="FF0B57D0")


def _write(sheet: "Worksheet", row: int, texts: Sequence[str]) -> "MadeCell":
    from openpyxl.styles import Alignment  # noqa: PLC0415

    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(row, column)
        cell.value = clean(text)
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=len(texts) > 1, vertical="top")
    if len(texts) > 1:
        sheet.row_dimensions[row].height = height_of(texts)
    return _cell(sheet, row, 1)


def _cell(sheet: "Worksheet", row: int, column: int) -> "MadeCell":
    """A cell that is written before anything is merged, so never a part of a merge."""
    return cast("MadeCell", sheet.cell(row, column))


def _saved(book: "MadeBook") -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
