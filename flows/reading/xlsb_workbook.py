"""Binary workbooks (xlsb) as grids, read by python-calamine: values without their formats."""

import datetime as dt
from contextlib import closing
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from flows.reading.cells import Place, moment_cell, number_cell, text_cell, truth_cell
from flows.reading.grid import Grid, Unreadable, Workbook
from flows.reading.guards import Count
from flows.reading.package import Package
from flows.reading.plaincells import PLAIN
from warehouse.model import Cell


def read_workbook(path: Path, file_type: str) -> Workbook:
    """All sheets of the file, their formats unknown; raises Unreadable."""
    count = Count()
    with closing(Package(path)):  # the package's guards
        pass
    try:
        book = CalamineWorkbook.from_path(path)
        count.add_sheets(len(book.sheet_names))
        grids = []
        for about in book.sheets_metadata:
            hidden = about.visible != SheetVisibleEnum.Visible
            grids.append(_read_sheet(book.get_sheet_by_name(about.name), hidden, count))
    except CalamineError as error:
        raise Unreadable("reading.damaged", part=path.name) from error
    return Workbook(file_type, grids)


def _read_sheet(sheet: CalamineSheet, hidden: bool, count: Count) -> Grid:
    grid = Grid(sheet.name, hidden=hidden, formats_known=False)
    count.add_cells(sheet.total_height * sheet.total_width)
    for row, values in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        for column, value in enumerate(values, start=1):
            place = Place(grid.sheet, row, column, PLAIN, None, hidden)
            cell = None if value == "" else _cell(place, value)
            if cell is not None:
                grid.cells[row, column] = cell
    return grid


def _cell(place: Place, value: object) -> Cell | None:
    if isinstance(value, bool):
        return truth_cell(place, value)
    if isinstance(value, int | float):
        return number_cell(place, repr(value), from_1904=False)
    if isinstance(value, dt.datetime):
        return moment_cell(place, value)
    if isinstance(value, dt.date):
        return moment_cell(place, dt.datetime.combine(value, dt.time()))
    return text_cell(place, str(value))
