"""The sparse pass over one worksheet: each non-empty cell, merges, widths, what is hidden."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from flows.reading.addresses import LAST_COLUMN, LAST_ROW, column_number, read_range
from flows.reading.cells import (
    number_cell,
    other_cell,
    rich_text_cell,
    text_cell,
    uncached_cell,
)
from flows.reading.grid import Grid, Unreadable
from flows.reading.guards import Count
from flows.reading.ooxml import Book, SheetPart
from flows.reading.package import Package
from flows.reading.strings import Text, read_text
from flows.reading.styles import Look, is_true
from warehouse.model import Cell, a1

_NAMESPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",  # ISO Strict
)
_TAGS = {
    f"{{{namespace}}}{name}": name
    for namespace in _NAMESPACES
    for name in ("worksheet", "col", "row", "c", "v", "f", "is", "mergeCell")
}
_WANTED = ("col", "row", "mergeCell")


def read_sheet(package: Package, sheet: SheetPart, book: Book, count: Count) -> Grid:
    """One worksheet as a grid; raises Unreadable when a bound is broken."""
    reader = _SheetReader(Grid(sheet.name, hidden=sheet.hidden), book, count)
    steps = {"row": reader.read_row, "mergeCell": reader.read_merge, "col": reader.read_column}
    try:
        for element in _elements(package, sheet.part):
            steps[_TAGS[element.tag]](element)
    except ValueError as error:
        raise Unreadable("reading.damaged", part=sheet.part) from error
    return reader.finish()


def _elements(package: Package, part: str) -> Iterator[Element]:
    """Columns, rows and merges: of a small sheet from its tree, of a large one as they end."""
    if package.is_small(part):
        root = package.tree(part)
        namespace = root.tag.rpartition("}")[0]
        for name in _WANTED:
            yield from root.iter(f"{namespace}}}{name}")
    else:
        for root in package.elements(part):
            if _TAGS.get(root.tag) in _WANTED:
                yield root
                root.clear()
    if _TAGS.get(root.tag) != "worksheet":
        raise Unreadable("reading.damaged", part=part)


@dataclass
class _SheetReader:
    """The state of the pass: where it is, and what it has found."""

    grid: Grid
    book: Book
    count: Count
    row: int = 0
    hidden_row: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    columns: dict[str, int] = field(default_factory=dict)
    looks: dict[str | None, Look] = field(default_factory=dict)
    masters: dict[str, str] = field(default_factory=dict)

    def read_column(self, element: Element) -> None:
        """A run of columns: widths in characters, hidden or not."""
        first, last = int(element.get("min", "1")), int(element.get("max", "1"))
        width = element.get("width")
        for column in range(first, min(last, LAST_COLUMN) + 1):
            if width is not None:
                self.grid.column_widths[column] = float(width)
            if is_true(element.get("hidden")) or width == "0":
                self.hidden_columns.add(column)

    def read_merge(self, element: Element) -> None:
        """A merged range; one cell alone is no merge."""
        merge = read_range(element.get("ref", ""))
        if (merge.top, merge.left) != (merge.bottom, merge.right):
            self.count.add_merges((merge,))
            self.grid.merges.append(merge)

    def read_row(self, element: Element) -> None:
        """All cells of one row; a cell without an address follows its neighbour."""
        self.count.add_cells(len(element))
        number = element.get("r")
        self.row = int(number) if number else self.row + 1
        if not 1 <= self.row <= LAST_ROW:
            raise Unreadable("reading.damaged", part=f"row {self.row}")
        self.hidden_row = is_true(element.get("hidden")) or element.get("ht") == "0"
        if self.hidden_row:
            self.hidden_rows.add(self.row)
        cells, columns, row_text, column = self.grid.cells, self.columns, str(self.row), 0
        for item in element:
            address = item.get("r")
            row, found = self.row, columns.get(address.removesuffix(row_text)) if address else None
            if found is not None:
                column = found
            elif address:
                row, column = self._where(address)
            else:
                column += 1
            if len(item):
                cell = self._read_cell(item, row, column)
                if cell is not None:
                    cells[row, column] = cell

    def finish(self) -> Grid:
        """The grid, with widths kept for the columns in use only."""
        grid = self.grid
        used = max([column for _, column in grid.cells], default=0)
        grid.column_widths = {c: w for c, w in grid.column_widths.items() if c <= used}
        grid.hidden_rows = frozenset(self.hidden_rows)
        grid.hidden_columns = frozenset(self.hidden_columns)
        return grid

    def _where(self, address: str) -> tuple[int, int]:
        """An address met for the first time in its column, or not of its row."""
        letters = address.rstrip("0123456789")
        row = int(address[len(letters) :] or self.row)
        column = self.columns[letters] = column_number(letters)
        if not 1 <= row <= LAST_ROW:
            raise Unreadable("reading.damaged", part=address)
        return row, column

    def _read_cell(self, item: Element, row: int, column: int) -> Cell | None:
        style = item.get("s")
        look = self.looks.get(style) or self._look(style)
        stored: str | None = None
        formula: str | None = None
        inline: Text | None = None
        for part in item:
            name = _TAGS.get(part.tag)
            if name == "v":
                stored = part.text
            elif name == "is":
                inline = read_text(part)
            elif name == "f":
                formula = self._formula(part, row, column)
        hidden = self.hidden_row or self.grid.hidden or column in self.hidden_columns
        place = (self.grid.sheet, row, column, look, formula, hidden)
        kind = item.get("t", "n")
        if kind == "s" and stored is not None:
            inline = self._shared(stored)
        if inline is not None:
            return rich_text_cell(place, inline) if inline.font else text_cell(place, inline.text)
        if stored is None:
            return None if formula is None else uncached_cell(place, formula)
        if kind == "n":
            return number_cell(place, stored, self.book.from_1904)
        return other_cell(place, kind, stored)

    def _look(self, style: str | None) -> Look:
        look = self.looks[style] = self.book.styles.look(int(style or 0))
        return look

    def _shared(self, index: str) -> Text:
        number = int(index)
        if not 0 <= number < len(self.book.strings):
            raise Unreadable("reading.damaged", part=f"shared string {index}")
        return self.book.strings[number]

    def _formula(self, element: Element, row: int, column: int) -> str:
        """The formula's text; cells that share one name the cell that holds it."""
        text, group = element.text, element.get("si")
        if text:
            if group is not None:
                self.masters[group] = f"={text} [{a1(row, column)}]"
            return f"={text}"
        return self.masters.get(group or "", "=")
