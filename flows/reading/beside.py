"""Tables that stand side by side on a sheet, told apart by the blank columns between them."""

from dataclasses import replace

from expectations.vocabulary import read_label
from flows.reading.regions import Region
from warehouse.model import Cell


def split_beside(region: Region) -> list[Region]:
    """The tables of a region: one, or several where each has heads for its own labels.

    | STT | Đơn vị | 2020 |   | STT | Đơn vị | 2020 |
    |  1  | Ô Môn  | 1    |   |  1  | Ô Môn  | 2    |
    """
    starts = _starts(region)
    if len(starts) < 2:
        return [region]
    ends = [start - 1 for start in starts[1:]] + [region.last_column]
    starts = [region.first_column, *starts[1:]]
    parts = []
    for start, end in zip(starts, ends, strict=True):
        part = replace(region, first_column=start, last_column=end)
        part.captions = _own(region.captions, start, end)
        part.units = _own(region.units, start, end)
        part.notes = region.notes if start == starts[0] else []
        parts.append(part)
    return parts


def _starts(region: Region) -> list[int]:
    """The first columns of the tables: after a blank column, where a label column is headed."""
    cells = region.rows_of_cells(region.header_rows + region.body_rows)
    used = {cell.column for cell in cells}
    for row in region.header_rows:
        for cell in region.cells(row):
            if merge := region.sheet.merge_at(row, cell.column):
                used.update(range(merge.left, merge.right + 1))
    firsts = sorted(column for column in used if column - 1 not in used)
    heads = [column for column in firsts if _is_headed(region, column)]
    return heads if firsts and heads[:1] == firsts[:1] else []


def _is_headed(region: Region, column: int) -> bool:
    for row in region.header_rows:
        cell = region.sheet.covering(row, column)
        if cell and read_label(cell.typed_text).first("head") not in (None, "remark", "value"):
            return True
    return False


def _own(cells: list[Cell], start: int, end: int) -> list[Cell]:
    """The captions of one table: those over its columns, and lines that stand alone."""
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    return [
        cell
        for row in rows.values()
        for cell in row
        if len(row) == 1 or start <= cell.column <= end
    ]
