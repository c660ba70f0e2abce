"""OpenDocument spreadsheets (.ods) as grids: stored values, printed by their number styles."""

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from flows.reading.addresses import LAST_COLUMN, LAST_ROW
from flows.reading.cells import (
    AnyPlace,
    error_cell,
    moment_cell,
    number_cell,
    text_cell,
    truth_cell,
)
from flows.reading.grid import Grid, Merge, Unreadable, Workbook
from flows.reading.guards import Count
from flows.reading.odsstyles import OdsStyles, get
from flows.reading.package import Package
from flows.reading.styles import child, local
from warehouse.model import Cell

_GROUPS = frozenset((
    "table-row-group", "table-header-rows", "table-rows",
    "table-column-group", "table-header-columns", "table-columns",
))  # fmt: skip
_HIDDEN = ("collapse", "filter")


def read_workbook(path: Path, file_type: str) -> Workbook:
    """All tables of the file; raises Unreadable."""
    with closing(Package(path)) as package:
        _refuse_encrypted(package)
        content = package.tree("content.xml")
        styles = OdsStyles()
        if "styles.xml" in package:
            styles.collect(package.tree("styles.xml"))
    styles.collect(content)
    count = Count()
    sheets = child(child(content, "body"), "spreadsheet")
    try:
        tables = [table for table in sheets or () if local(table.tag) == "table"]
        count.add_sheets(len(tables))
        return Workbook(file_type, [_TableReader(styles, count).read(table) for table in tables])
    except ValueError as error:
        raise Unreadable("reading.damaged", part="content.xml") from error


def _refuse_encrypted(package: Package) -> None:
    if "META-INF/manifest.xml" in package:
        manifest = package.tree("META-INF/manifest.xml")
        if any(local(element.tag) == "encryption-data" for element in manifest.iter()):
            raise Unreadable("reading.encrypted")


@dataclass
class _TableReader:
    """The state of the pass over one table."""

    styles: OdsStyles
    count: Count
    grid: Grid = field(default_factory=lambda: Grid(""))
    row: int = 0
    column_styles: dict[int, str] = field(default_factory=dict)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)

    def read(self, table: Element) -> Grid:
        """The grid of one table."""
        hidden = self.styles.is_hidden(get(table, "style-name"))
        self.grid = Grid(get(table, "name"), hidden=hidden)
        column = 0
        for element in _flat(table):
            if local(element.tag) == "table-column":
                column = self._read_columns(element, column)
            elif local(element.tag) == "table-row":
                self._read_rows(element)
        self.grid.hidden_rows = frozenset(self.hidden_rows)
        self.grid.hidden_columns = frozenset(self.hidden_columns)
        return self.grid

    def _read_columns(self, element: Element, before: int) -> int:
        last = min(before + _times(element, "number-columns-repeated"), LAST_COLUMN)
        for column in range(before + 1, last + 1):
            self.column_styles[column] = get(element, "default-cell-style-name")
            if get(element, "visibility") in _HIDDEN:
                self.hidden_columns.add(column)
        return last

    def _read_rows(self, element: Element) -> None:
        """A row, as often as it is repeated; thousands of empty ones end most sheets."""
        times = _times(element, "number-rows-repeated")
        hidden = get(element, "visibility") in _HIDDEN
        if not any(get(item, "value-type") for item in element):
            if hidden and times <= LAST_ROW // 2:
                self.hidden_rows.update(range(self.row + 1, self.row + times + 1))
            self.row += times
            return
        for _ in range(times):
            self.row += 1
            if self.row > LAST_ROW:
                raise ValueError(self.row)
            if hidden:
                self.hidden_rows.add(self.row)
            self._read_row(element)

    def _read_row(self, element: Element) -> None:
        column = 0
        for item in element:
            if local(item.tag) not in ("table-cell", "covered-table-cell"):
                continue
            times = _times(item, "number-columns-repeated")
            if get(item, "value-type"):
                self.count.add_cells(times)
                for offset in range(times):
                    self._read_cell(item, element, column + offset + 1)
            self._read_merge(item, column + 1)
            column += times

    def _read_cell(self, item: Element, row: Element, column: int) -> None:
        if column > LAST_COLUMN:
            raise ValueError(column)
        name = get(item, "style-name") or get(row, "default-cell-style-name")
        look = self.styles.look(name or self.column_styles.get(column, ""))
        hidden = self.grid.hidden or self.row in self.hidden_rows or column in self.hidden_columns
        formula = get(item, "formula").partition("=")[2]
        formula_text = f"={formula}" if formula else None
        place = (self.grid.sheet, self.row, column, look, formula_text, hidden)
        cell = _cell(place, item)
        if cell is not None:
            self.grid.cells[self.row, column] = cell

    def _read_merge(self, item: Element, column: int) -> None:
        rows, columns = _times(item, "number-rows-spanned"), _times(item, "number-columns-spanned")
        if local(item.tag) == "table-cell" and (rows, columns) != (1, 1):
            bottom = min(self.row + rows - 1, LAST_ROW)
            merge = Merge(self.row, column, bottom, min(column + columns - 1, LAST_COLUMN))
            self.count.add_merges((merge,))
            self.grid.merges.append(merge)


def _flat(parent: Element) -> Iterator[Element]:
    """Rows and columns, groups unwrapped."""
    for element in parent:
        if local(element.tag) in _GROUPS:
            yield from _flat(element)
        else:
            yield element


def _times(element: Element, name: str) -> int:
    return max(int(get(element, name) or 1), 1)


def _cell(place: AnyPlace, item: Element) -> Cell | None:
    kinds = [value for key, value in item.items() if local(key) == "value-type"]
    text = "\n".join(_letters(part) for part in item if local(part.tag) == "p")
    if "error" in kinds:
        return error_cell(place, text)
    if kinds[0] in ("float", "percentage", "currency"):
        return number_cell(place, get(item, "value"), from_1904=False)
    if kinds[0] == "boolean":
        return truth_cell(place, get(item, "boolean-value") == "true")
    if kinds[0] == "date":
        try:
            return moment_cell(place, dt.datetime.fromisoformat(get(item, "date-value")))
        except ValueError:
            return text_cell(place, text)
    return text_cell(place, text)


def _letters(element: Element) -> str:
    """The text of a paragraph; runs of blanks and breaks are elements of their own."""
    pieces = [element.text or ""]
    for part in element:
        kind = local(part.tag)
        if kind == "s":
            pieces.append(" " * min(_times(part, "c"), 1_000))
        elif kind in ("tab", "line-break"):
            pieces.append("\t" if kind == "tab" else "\n")
        elif kind != "annotation":
            pieces.append(_letters(part))
        pieces.append(part.tail or "")
    return "".join(pieces)
