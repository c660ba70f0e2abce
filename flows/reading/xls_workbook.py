"""Excel 97-2003 files (BIFF, .xls) as grids, read by xlrd with their formatting."""

import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlrd

from flows.reading.cells import Place, error_cell, number_cell, text_cell, truth_cell
from flows.reading.formatcodes import BUILT_IN, is_date
from flows.reading.formats import printer
from flows.reading.grid import Grid, Merge, Unreadable, Workbook
from flows.reading.guards import Count
from flows.reading.styles import Look
from warehouse.model import Cell

_OWN = (14, 22)  # dates that follow the reader's country: spelled as in our xlsx reading


def read_workbook(path: Path, file_type: str) -> Workbook:
    """All worksheets of the file; raises Unreadable."""
    count = Count()
    try:
        book = xlrd.open_workbook(
            path, logfile=io.StringIO(), formatting_info=True, ragged_rows=True, on_demand=True
        )
        count.add_sheets(book.nsheets)
        looks = _Looks(book)
        return Workbook(
            file_type, [_read_sheet(book, i, looks, count) for i in range(book.nsheets)]
        )
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # xlrd meets damage with whatever its own code happens to raise
        reason = "encrypted" if "encrypted" in str(error) else "damaged"
        raise Unreadable(f"reading.{reason}", part=path.name) from error


def _read_sheet(book: Any, index: int, looks: "_Looks", count: Count) -> Grid:
    sheet = book.sheet_by_index(index)
    grid = Grid(sheet.name, hidden=sheet.visibility != 0)
    rows, columns = sheet.rowinfo_map, sheet.colinfo_map
    grid.hidden_rows = frozenset(r + 1 for r, info in rows.items() if info.hidden)
    grid.hidden_columns = frozenset(c + 1 for c, info in columns.items() if info.hidden)
    for row in range(sheet.nrows):
        count.add_cells(sheet.row_len(row))
        for column in range(sheet.row_len(row)):
            cell = _read_cell(sheet, row, column, grid, looks)
            if cell is not None:
                grid.cells[row + 1, column + 1] = cell
    used = max((column for _, column in grid.cells), default=0)
    grid.column_widths = {c + 1: i.width / 256 for c, i in columns.items() if c < used}
    for top, bottom, left, right in sheet.merged_cells:
        if (bottom - top, right - left) != (1, 1):
            grid.merges.append(Merge(top + 1, left + 1, bottom, right))
    count.add_merges(grid.merges)
    book.unload_sheet(index)
    return grid


def _read_cell(sheet: Any, row: int, column: int, grid: Grid, looks: "_Looks") -> Cell | None:
    kind = sheet.cell_type(row, column)
    if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    value = sheet.cell_value(row, column)
    look = looks.look(sheet.cell_xf_index(row, column))
    look = looks.dominant(look, sheet.rich_text_runlist_map.get((row, column)), value)
    hidden = grid.hidden or row + 1 in grid.hidden_rows or column + 1 in grid.hidden_columns
    place = Place(grid.sheet, row + 1, column + 1, look, None, hidden)
    if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return number_cell(place, repr(value), sheet.book.datemode == 1)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return truth_cell(place, bool(value))
    if kind == xlrd.XL_CELL_ERROR:
        return error_cell(place, xlrd.error_text_from_code.get(value, "#N/A"))
    return text_cell(place, value)


@dataclass
class _Looks:
    """Looks by number of the extended format record."""

    book: Any
    made: dict[int, Look] = field(default_factory=dict)

    def look(self, index: int) -> Look:
        """The look of one record."""
        if index not in self.made:
            record = self.book.xf_list[index]
            key = record.format_key
            code = BUILT_IN[key] if key in _OWN else self.book.format_map[key].format_str
            font = self.book.font_list[record.font_index]
            self.made[index] = Look(
                number_format=code,
                font=font.name,
                bold=bool(font.bold) or font.weight >= 600,
                indent=record.alignment.indent_level,
                is_date=is_date(code),
                printer=printer(code),
            )
        return self.made[index]

    def dominant(self, look: Look, runs: list[tuple[int, int]] | None, text: Any) -> Look:
        """The look with the font of most of a text in runs of several fonts."""
        if not runs or not isinstance(text, str):
            return look
        ends = [start for start, _ in runs[1:]] + [len(text)]
        weights = {index: end - start for (start, index), end in zip(runs, ends, strict=True)}
        index, weight = max(weights.items(), key=lambda pair: pair[1])
        if weight * 2 <= len(text):
            return look
        font = self.book.font_list[index]
        return look._replace(font=font.name, bold=bool(font.bold) or font.weight >= 600)
