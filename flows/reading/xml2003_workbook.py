"""Spreadsheets saved as "XML 2003" (SpreadsheetML 2003), often named .xls, as grids."""

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, ParseError

from flows.reading import guards
from flows.reading.addresses import LAST_COLUMN, LAST_ROW
from flows.reading.cells import (
    AnyPlace,
    error_cell,
    moment_cell,
    number_cell,
    text_cell,
    truth_cell,
    uncached_cell,
)
from flows.reading.formatcodes import is_date
from flows.reading.formats import printer
from flows.reading.grid import Grid, Merge, Unreadable, Workbook
from flows.reading.plaincells import PLAIN
from flows.reading.styles import Look, child, local
from warehouse.model import Cell

# Formats that this file type calls by name.
_NAMED = {
    "General Number": "General",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Percent": "0.00%",
    "Scientific": "0.00E+00",
    "Currency": '"$"#,##0.00_);[Red]("$"#,##0.00)',
    "Short Date": "m/d/yyyy",
    "Medium Date": "d-mmm-yy",
    "Long Date": "dddd, mmmm dd, yyyy",
    "General Date": "m/d/yyyy h:mm",
    "Short Time": "h:mm",
    "Medium Time": "h:mm AM/PM",
    "Long Time": "h:mm:ss AM/PM",
}


def read_workbook(path: Path, file_type: str) -> Workbook:
    """All worksheets of the file; raises Unreadable."""
    data = path.read_bytes()
    scan = guards.XmlScan(path.name)
    scan.see(data)
    if scan.seems_deep:
        guards.check_depth(path.name, (data,))
    try:
        root = ElementTree.parse(io.BytesIO(data)).getroot()  # noqa: S314, the guards have seen it
        return Workbook(file_type, list(_grids(root)))
    except (ParseError, ValueError) as error:
        raise Unreadable("reading.damaged", part=path.name) from error


def _grids(root: Element) -> Iterator[Grid]:
    count = guards.Count()
    styles = {_get(style, "ID"): style for style in child(root, "Styles") or ()}
    looks = _Looks(styles)
    for sheet in root:
        if local(sheet.tag) == "Worksheet":
            count.add_sheets(1)
            options = child(sheet, "WorksheetOptions")
            visible = child(options, "Visible")
            hidden = visible is not None and (visible.text or "").startswith("Sheet")
            reader = _SheetReader(Grid(_get(sheet, "Name"), hidden=hidden), looks, count)
            yield reader.read(child(sheet, "Table"))


@dataclass
class _Looks:
    """Looks by style id; a style takes over what its parent says."""

    styles: dict[str, Element]
    made: dict[str, Look] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Look:
        if name not in self.made:
            self.made[name] = PLAIN  # ends a circle of parents
            self.made[name] = self._make(name)
        return self.made[name]

    def _make(self, name: str) -> Look:
        style = self.styles.get(name)
        if style is None:
            return self["Default"] if name != "Default" else PLAIN
        look = self[_get(style, "Parent") or "Default"] if name != "Default" else PLAIN
        font, number, alignment = (
            child(style, part) for part in ("Font", "NumberFormat", "Alignment")
        )
        if font is not None:
            look = look._replace(
                font=_get(font, "FontName") or look.font, bold=_get(font, "Bold") == "1"
            )
        if number is not None:
            code = _get(number, "Format") or "General"
            code = _NAMED.get(code, code)
            look = look._replace(number_format=code, is_date=is_date(code), printer=printer(code))
        if alignment is not None:
            look = look._replace(indent=int(_get(alignment, "Indent") or 0))
        return look


@dataclass
class _SheetReader:
    """The state of the pass over one worksheet."""

    grid: Grid
    looks: _Looks
    count: guards.Count
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    column_styles: dict[int, str] = field(default_factory=dict)

    def read(self, table: Element | None) -> Grid:
        row = column = 0
        for element in table if table is not None else ():
            name = local(element.tag)
            if name == "Column":
                column = self._read_column(element, column)
            elif name == "Row":
                row = self._read_row(element, row)
        self.grid.hidden_rows = frozenset(self.hidden_rows)
        self.grid.hidden_columns = frozenset(self.hidden_columns)
        return self.grid

    def _read_column(self, element: Element, before: int) -> int:
        first = _index(element, before, LAST_COLUMN)
        last = min(first + int(_get(element, "Span") or 0), LAST_COLUMN)
        for column in range(first, last + 1):
            if _get(element, "Width"):
                self.grid.column_widths[column] = float(_get(element, "Width")) / 5.25  # points
            if _get(element, "Hidden") == "1":
                self.hidden_columns.add(column)
            self.column_styles[column] = _get(element, "StyleID")
        return last

    def _read_row(self, element: Element, before: int) -> int:
        row = _index(element, before, LAST_ROW)
        if _get(element, "Hidden") == "1":
            self.hidden_rows.add(row)
        column = 0
        for item in element:
            if local(item.tag) == "Cell":
                column = self._read_cell(item, row, column, _get(element, "StyleID"))
        return row + int(_get(element, "Span") or 0)

    def _read_cell(self, item: Element, row: int, before: int, row_style: str) -> int:
        column = _index(item, before, LAST_COLUMN)
        right = column + int(_get(item, "MergeAcross") or 0)
        bottom = row + int(_get(item, "MergeDown") or 0)
        self.count.add_cells(1)
        style = _get(item, "StyleID") or row_style or self.column_styles.get(column, "")
        hidden = self.grid.hidden or row in self.hidden_rows or column in self.hidden_columns
        formula = _get(item, "Formula") or None
        place = (self.grid.sheet, row, column, self.looks[style or "Default"], formula, hidden)
        cell = _cell(place, child(item, "Data"))
        if cell is not None:
            self.grid.cells[row, column] = cell
        if right > column or bottom > row:
            merge = Merge(row, column, min(bottom, LAST_ROW), min(right, LAST_COLUMN))
            self.count.add_merges((merge,))
            self.grid.merges.append(merge)
        return right


def _cell(place: AnyPlace, data: Element | None) -> Cell | None:
    stored = "" if data is None else "".join(data.itertext())
    kind = "" if data is None else _get(data, "Type")
    if data is None:
        formula = place[4]
        return None if formula is None else uncached_cell(place, formula)
    if kind == "Number":
        return number_cell(place, stored, from_1904=False)
    if kind == "DateTime":
        try:
            return moment_cell(place, dt.datetime.fromisoformat(stored))
        except ValueError:
            return text_cell(place, stored)
    if kind == "Boolean":
        return truth_cell(place, stored.strip() == "1")
    return error_cell(place, stored) if kind == "Error" else text_cell(place, stored)


def _index(element: Element, before: int, last: int) -> int:
    text = _get(element, "Index")
    index = int(text) if text else before + 1
    if not 1 <= index <= last:
        raise ValueError(text)
    return index


def _get(element: Element, name: str) -> str:
    """An attribute by its local name; the prefix varies by writer."""
    return next((value for key, value in element.items() if local(key) == name), "")
