"""Sheets drawn in a test as text: what a clerk sees is what the reader gets.

    BÁO CÁO NĂM 2018                      a line without bars: one text in column A
    | Đơn vị     | Năm 2018 | <       |   `<` belongs to the cell at its left (merged)
    | ^          | Số người | Tỷ lệ % |   `^` belongs to the cell above (merged)
    | **Toàn tỉnh** | 1.234 | 94,6%   |   `**` is bold
    | > Sa Pa    | =1234:#,##0 | -    |   `>` is one step of indent, `=` a stored number
    | ··Mường Tè | =#N/A    | =2018-12-31:d/m/yyyy |   `·` is a typed blank, `\\n` a line break

A blank line is a blank row, a blank cell is empty.
"""

import datetime as dt
import re
from dataclasses import replace
from textwrap import dedent

from flows.reading.areas import names_district
from flows.reading.cells import Place, error_cell, moment_cell, number_cell, text_cell
from flows.reading.columns import Column, read_columns
from flows.reading.formatcodes import is_date
from flows.reading.formats import printer
from flows.reading.grid import Grid, Merge, Workbook
from flows.reading.outline import RowLabel, read_outline
from flows.reading.parse import read_workbook
from flows.reading.regions import Region, Regions
from flows.reading.sheet import Sheet
from flows.reading.styles import Look
from flows.reading.walk import find_regions
from warehouse.model import Cell, Observation, Reading

_STORED = re.compile(r"^=(?P<value>-?[\d.]+|\d{4}-\d\d-\d\d|#[A-Z/0!?]+)(?::(?P<format>.*))?$")


def grid(drawing: str, sheet: str = "Sheet1", hidden: bool = False) -> Grid:
    """The grid that a drawing shows."""
    drawn = Grid(sheet, hidden=hidden)
    for row, texts in enumerate(_rows(drawing), start=1):
        for column, text in enumerate(texts, start=1):
            if text and text not in ("<", "^"):
                drawn.cells[row, column] = _cell(sheet, row, column, text)
    drawn.merges = _merges(_rows(drawing))
    return drawn


def _rows(drawing: str) -> list[list[str]]:
    lines = dedent(drawing).removeprefix("\n").rstrip().splitlines()
    return [
        [cell.strip() for cell in line.strip()[1:].removesuffix("|").split("|")]
        if line.lstrip().startswith("|")
        else [line.strip()]
        for line in lines
    ]


def _cell(sheet: str, row: int, column: int, text: str) -> Cell:
    if stored := _STORED.match(text):
        cell = _stored(sheet, row, column, stored["value"], stored["format"] or "General")
        assert cell is not None
        return cell
    indent = len(text) - len(text.lstrip(">")) if re.match(r">+ ", text) else 0
    text = text[indent:].strip()
    bold = text.startswith("**") and text.endswith("**") and len(text) > 4
    text = text.strip("*") if bold else text
    typed = text.replace("·", " ").replace("\\n", "\n")
    cell = text_cell(_place(sheet, row, column), typed)
    assert cell is not None, f"{text!r} shows nothing"
    return replace(cell, bold=bold, indent=indent)


def _stored(sheet: str, row: int, column: int, value: str, number_format: str) -> Cell | None:
    place = _place(sheet, row, column, number_format)
    if value.startswith("#"):
        return error_cell(place, value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return moment_cell(place, dt.datetime.fromisoformat(value))
    return number_cell(place, value, False)


def _place(sheet: str, row: int, column: int, number_format: str = "General") -> Place:
    look = Look(number_format, "", False, 0, is_date(number_format), printer(number_format))
    return Place(sheet, row, column, look, None, False)


def _merges(rows: list[list[str]]) -> list[Merge]:
    def at(row: int, column: int) -> str:
        return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""

    merges = []
    for top, texts in enumerate(rows):
        for left, text in enumerate(texts):
            right, bottom = left, top
            while at(top, right + 1) == "<":
                right += 1
            while at(bottom + 1, left) == "^":
                bottom += 1
            if text not in ("", "<", "^") and (right, bottom) != (left, top):
                merges.append(Merge(top + 1, left + 1, bottom + 1, right + 1))
    return merges


def sheet(drawing: str) -> Sheet:
    """The drawing as the reader looks at it."""
    return Sheet(grid(drawing))


def regions(drawing: str) -> Regions:
    """The tables and the loose text of a drawn sheet."""
    return find_regions(sheet(drawing), names_district)


def region(drawing: str) -> Region:
    """The only table of a drawn sheet."""
    [table] = regions(drawing).tables
    return table


def columns(drawing: str) -> list[Column]:
    """The columns of the only table of a drawn sheet."""
    return read_columns(region(drawing))


def outline(drawing: str) -> dict[int, RowLabel]:
    """The row labels of the only table of a drawn sheet, by row."""
    table = region(drawing)
    return read_outline(table, read_columns(table))


def workbook(*drawings: str | Grid) -> Workbook:
    """A workbook of drawn sheets, named Sheet1, Sheet2 …"""
    grids = [
        drawn if isinstance(drawn, Grid) else grid(drawn, f"Sheet{number}")
        for number, drawn in enumerate(drawings, start=1)
    ]
    return Workbook("xlsx", grids)


def read(*drawings: str | Grid, reporter: str = "") -> Reading:
    """Drawn sheets read as one workbook of a province (`reporter` is the inbox folder)."""
    return read_workbook(workbook(*drawings), "drawn.xlsx", "0" * 64, reporter)


def tell(one: Observation) -> str:
    """One figure in a line: `Sa Pa bhyt_participants@household 2018 plan 1234`."""
    group = "" if one.group_code == "total" else f"@{one.group_code}"
    scenario = "" if one.scenario == "actual" else f" {one.scenario}"
    return f"{one.area_name} {one.indicator}{group} {one.period}{scenario} {one.value_literal:f}"


def told(reading: Reading) -> dict[str, str]:
    """Every figure of a reading by its cell; the sheet is left out on a workbook's first one."""
    first = reading.tables[0].sheet if reading.tables else ""
    return {
        one.cell if one.sheet == first else f"{one.sheet}!{one.cell}": tell(one)
        for one in reading.observations
    }


def rules(reading: Reading) -> set[str]:
    """The rules of a reading's findings."""
    return {finding.rule for finding in reading.findings}


def roles(reading: Reading, role: str) -> list[str]:
    """The cells that have a role, in the order in which they were given it."""
    return [cell.cell for cell in reading.cells if cell.role == role]
