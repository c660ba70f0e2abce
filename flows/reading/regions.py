"""One table's place on its sheet: captions, units, header rows, body rows and notes."""

from dataclasses import dataclass, field

from flows.reading.sheet import Sheet
from warehouse.model import Cell


@dataclass(slots=True)
class Region:
    """One table's rows on its sheet; `columns` is its extent, `zone` the last label column."""

    sheet: Sheet
    captions: list[Cell] = field(default_factory=list)
    units: list[Cell] = field(default_factory=list)
    header_rows: list[int] = field(default_factory=list)
    number_rows: list[int] = field(default_factory=list)
    repeated_rows: list[int] = field(default_factory=list)
    body_rows: list[int] = field(default_factory=list)
    notes: list[Cell] = field(default_factory=list)
    first_column: int = 1
    last_column: int = 16_384
    host: "Region | None" = None

    def cells(self, row: int) -> list[Cell]:
        """The region's own cells of a row."""
        cells = self.sheet.rows.get(row, [])
        first, last = self.first_column, self.last_column
        if cells and first <= cells[0].column and cells[-1].column <= last:
            return cells[:]  # as nearly always: one table from edge to edge
        return [cell for cell in cells if first <= cell.column <= last]

    def rows_of_cells(self, rows: list[int]) -> list[Cell]:
        """The region's own cells of some rows."""
        return [cell for row in rows for cell in self.cells(row)]


@dataclass(slots=True)
class Regions:
    """What a sheet divides into: its tables, and the text that belongs to none."""

    tables: list[Region] = field(default_factory=list)
    loose: list[Cell] = field(default_factory=list)
