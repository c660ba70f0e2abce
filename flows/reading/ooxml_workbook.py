"""xlsx and xlsm files, transitional and strict, as grids."""

from contextlib import closing
from pathlib import Path

from flows.reading.asides import read_asides
from flows.reading.grid import Workbook
from flows.reading.guards import Count
from flows.reading.ooxml import read_book
from flows.reading.package import Package
from flows.reading.sheetxml import read_sheet


def read_workbook(path: Path, file_type: str) -> Workbook:
    """All worksheets of the file, in its order; raises Unreadable."""
    with closing(Package(path)) as package:
        count = Count()
        book = read_book(package, count)
        grids = [read_sheet(package, sheet, book, count) for sheet in book.sheets]
        for grid, sheet in zip(grids, book.sheets, strict=True):
            grid.asides = read_asides(package, sheet.part)
    return Workbook(file_type, grids, list(book.remarks))
