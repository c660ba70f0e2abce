"""What each column of a table is: ordinals, labels, periods, units, figures or remarks."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from expectations.vocabulary import read_label, read_unit
from flows.reading.kinds import is_code
from flows.reading.regions import Region
from warehouse.model import Cell

ColumnRole = Literal["ordinal", "label", "period", "unit", "figure", "remark"]
_MEANT_FIGURE = re.compile(r"^\W{0,3}\d[\d.,]{2,}\D{0,8}$")  # "~111.000": a figure not read yet
_ROLE_OF_HEAD: dict[str, ColumnRole] = {
    "ordinal": "ordinal",
    "area": "label",
    "label": "label",
    "unit": "unit",
    "remark": "remark",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column with its header cells from top to bottom."""

    number: int
    role: ColumnRole
    path: tuple[Cell, ...]

    @property
    def text(self) -> str:
        """The header path as a person reads it: `Năm 2014 › Số người`."""
        return " › ".join(" ".join(cell.typed_text.split()) for cell in self.path)


def read_columns(region: Region) -> list[Column]:
    """The columns of a region from left to right."""
    cells = region.rows_of_cells(region.header_rows + region.body_rows)
    used = {cell.column for cell in cells}
    numbers = range(min(used), max(used) + 1)
    body: dict[int, list[Cell]] = {number: [] for number in numbers}
    for cell in region.rows_of_cells(region.body_rows):
        body[cell.column].append(cell)
    columns: list[Column] = []
    for number in numbers:
        path = header_path(region, number)
        if path or body[number]:
            columns.append(Column(number, _role(region, path, body[number], columns), path))
    return columns


def _role(
    region: Region, path: tuple[Cell, ...], cells: list[Cell], left: list[Column]
) -> ColumnRole:
    """The role by the column's head, else by what its cells hold."""
    count: Counter[str] = Counter(map(region.sheet.kind, cells))
    head = read_label(path[-1].typed_text).first("head") if path else None
    if head == "period" and count["text"] <= len(cells) / 2:
        return "period"
    # "Chỉ tiêu năm 2023" over figures is a target
    aimed = head == "label" and count["number"] > count["text"] and bool(left)
    numbered = head != "ordinal" or _is_numbered(region, cells)
    if left and head not in ("unit", "remark") and _are_units(cells):
        return "unit"  # "Đơn vị" heads places in one table and "1000 người", "lượt" in another
    if head in _ROLE_OF_HEAD and numbered and not aimed:
        return _ROLE_OF_HEAD[head]
    first = not path and all(column.role == "ordinal" for column in left)
    if first and cells and all(is_code(cell.typed_text) for cell in cells):
        return "ordinal"
    if _heads_figures(path) and (count["number"] or count["year"] or _are_meant(cells)):
        return "figure"
    return _role_of_content(count, any(column.role == "figure" for column in left))


def _is_numbered(region: Region, cells: list[Cell]) -> bool:
    """Whether a column holds codes; "TỔNG CỘNG" and section titles are typed over some of them:
    | TỔNG CỘNG | < | 208.000 |
    """
    titles = [cell for cell in cells if not is_code(cell.typed_text)]
    words = all(region.sheet.kind(cell) == "text" for cell in titles)
    return words and len(titles) <= len(cells) / 2


def _are_units(cells: list[Cell]) -> bool:
    """Whether every cell of a column names a unit; what ends in a digit is a figure."""
    texts = [cell.typed_text for cell in cells]
    return bool(texts) and all(not text[-1:].isdigit() and read_unit(text) for text in texts)


def _are_meant(cells: list[Cell]) -> bool:
    """Whether most cells were meant for figures though none can be read."""
    return sum(1 for cell in cells if _MEANT_FIGURE.match(cell.typed_text)) > len(cells) / 2


def _heads_figures(path: tuple[Cell, ...]) -> bool:
    """Whether the head names a measure, a group or a period, so that 2010 below it is a figure."""
    if not path:
        return False
    meaning = read_label(path[-1].typed_text)
    return bool(meaning.periods or meaning.first("subject") or meaning.first("group"))


def _role_of_content(count: Counter[str], settled: bool) -> ColumnRole:
    """The role by the kinds of a column's cells; `settled` says that figures stand at its left."""
    figures = count["number"] + count["dash"] + count["error"]
    if figures and figures + count["year"] >= count["text"]:
        return "figure"
    if count["year"] + count["period"] > count["text"] and not settled:
        return "period"
    if count["mark"] and count["mark"] >= count["text"]:
        return "figure"
    if settled:
        return "remark" if sum(count.values()) else "figure"
    return "label"


def header_path(region: Region, column: int) -> tuple[Cell, ...]:
    """The header cells over a column, top to bottom, each once.

    A blank header cell belongs to the nearest text at its left where that text heads
    several columns (it is merged over them, or the row below divides it):

        |  Năm 2014        |          |      C, D and E stand below "Năm 2014",
        |  Số người | Tỷ lệ | Tăng    |      typed over C alone
    """
    path: list[Cell] = []
    for row in region.header_rows:
        cell = region.sheet.covering(row, column)
        if cell is None:
            cell = _spread_from_left(region, row, column)
        if cell is not None and cell not in path:
            path.append(cell)
    return tuple(path)


def _spread_from_left(region: Region, row: int, column: int) -> Cell | None:
    lower = [other for other in region.header_rows if other > row]
    if not any(region.sheet.cell(other, column) for other in lower):
        return None
    for left in range(column - 1, region.first_column - 1, -1):
        cell = region.sheet.covering(row, left)
        if cell is not None:
            merge = region.sheet.merge_at(row, left)
            divided = any(region.sheet.cell(other, left) for other in lower)
            return cell if divided and merge is None else None
        if left <= min(found.column for found in region.cells(row)):
            return None
    return None
