"""Texts laid out by spans (HTML, Word, csv): grids of cells that are all text."""

from dataclasses import dataclass, field

from flows.reading.addresses import LAST_COLUMN, LAST_ROW
from flows.reading.cells import AnyPlace, text_cell
from flows.reading.formats import printer
from flows.reading.grid import Grid, Merge, Unreadable
from flows.reading.guards import Count
from flows.reading.styles import Look

PLAIN = Look("General", "", False, 0, False, printer("General"))


def make_look(font: str = "", bold: bool = False) -> Look:
    """The look of a text that has a font and no number format."""
    return PLAIN._replace(font=font, bold=bold)


@dataclass
class SpanGrid:
    """A grid that is filled row by row, each cell right of what spans down from above."""

    grid: Grid
    count: Count
    row: int = 0
    column: int = 0
    _spans: list[Merge] = field(default_factory=list)

    def start_row(self, skip: int = 0) -> None:
        """Go to the next row, leaving `skip` columns free at its start."""
        self.row += 1
        self.column = skip
        if self.row > LAST_ROW:
            raise Unreadable("reading.too_many_cells", limit=LAST_ROW)
        self._spans = [span for span in self._spans if span.bottom >= self.row]

    def add(
        self, text: str, look: Look = PLAIN, rows: int = 1, columns: int = 1, hidden: bool = False
    ) -> None:
        """Put a cell into the next free place; its spans are clipped at the sheet's edge."""
        self.column = self._next_free(self.column + 1)
        right = min(self.column + max(columns, 1) - 1, LAST_COLUMN)
        bottom = min(self.row + max(rows, 1) - 1, LAST_ROW)
        self.count.add_cells(1)
        place: AnyPlace = (self.grid.sheet, self.row, self.column, look, None, hidden)
        cell = text_cell(place, text)
        if cell is not None:
            self.grid.cells[self.row, self.column] = cell
        if right > self.column or bottom > self.row:
            merge = Merge(self.row, self.column, bottom, right)
            self.count.add_merges((merge,))
            self.grid.merges.append(merge)
            self._spans.append(merge)
        self.column = right

    def _next_free(self, column: int) -> int:
        moved = True
        while moved:
            moved = False
            for span in self._spans:
                if span.top < self.row and span.left <= column <= span.right:
                    column, moved = span.right + 1, True
        if column > LAST_COLUMN:
            raise Unreadable("reading.too_many_cells", limit=LAST_COLUMN)
        return column

    def clip(self) -> None:
        """Cut spans that reach below the last row, as `rowspan="99"` does."""
        self.grid.merges = [
            Merge(m.top, m.left, min(m.bottom, self.row), m.right)
            for m in self.grid.merges
            if (m.top, m.left) != (min(m.bottom, self.row), m.right)
        ]
        self._spans = []
