"""What both views show: the sheets as typed, each cell with its role and its figures' meaning."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from warehouse.figures import plain

LARGEST_COLUMN_GAP = 3
"""Empty columns shown in a row; a stray cell far to the right does not stretch the page."""


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell: `meanings` has a line for each figure in it, `why` the reason of its role."""

    address: str
    row: int
    column: int
    text: str
    role: str
    why: str
    meanings: tuple[str, ...] = ()


@dataclass(slots=True)
class ShownSheet:
    """One sheet: its cells by place, and the rows and columns that hold any."""

    name: str
    cells: dict[tuple[int, int], ShownCell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)

    @property
    def rows(self) -> list[int]:
        """The numbers of the rows that hold a cell."""
        return sorted({row for row, _ in self.cells})

    @property
    def columns(self) -> list[int]:
        """The numbers of the columns from the first to the last that holds a cell."""
        used = sorted({column for _, column in self.cells})
        shown: list[int] = []
        for column in used:
            gap = range(shown[-1] + 1, column) if shown else range(0)
            shown.extend(gap if len(gap) <= LARGEST_COLUMN_GAP else [])
            shown.append(column)
        return shown

    def spans(self) -> dict[tuple[int, int], tuple[int, int]]:
        """How many shown rows and columns each merged place takes; (0, 0) where it is covered."""
        rows, columns = self.rows, self.columns
        spans = {}
        for top, left, bottom, right in self.merges:
            down = [row for row in rows if top <= row <= bottom]
            across = [column for column in columns if left <= column <= right]
            spans.update({(row, column): (0, 0) for row in down for column in across})
            if down and across:
                spans[down[0], across[0]] = (len(down), len(across))
        return spans

    def count(self, role: str) -> int:
        """How many cells have a role."""
        return sum(cell.role == role for cell in self.cells.values())


def make_sheets(reading: Mapping[str, Any]) -> list[ShownSheet]:
    """The sheets of a reading (wire form) in the file's order."""
    meanings: dict[tuple[str, str], list[str]] = {}
    for figure in reading["observations"]:
        meanings.setdefault((figure["sheet"], figure["cell"]), []).append(meaning(figure))
    sheets: dict[str, ShownSheet] = {}
    merges = {
        layout["sheet"]: [tuple(merge) for merge in layout["merges"]]
        for layout in reading["layout"]
    }
    for cell in reading["cells"]:
        sheet = sheets.setdefault(
            cell["sheet"], ShownSheet(cell["sheet"], merges=merges.get(cell["sheet"], []))
        )
        sheet.cells[cell["row"], cell["column"]] = ShownCell(
            address=cell["cell"],
            row=cell["row"],
            column=cell["column"],
            text=cell["typed_text"],
            role=cell["role"],
            why=cell["why"],
            meanings=tuple(meanings.get((cell["sheet"], cell["cell"]), ())),
        )
    return list(sheets.values())


def meaning(figure: Mapping[str, Any]) -> str:
    """What one figure says: `bhyt_participants, total, Huyện X, 2018, actual = 474863 people`."""
    value = plain(Decimal(figure["value_literal"]))
    half = plain(Decimal(figure["half_width"]))
    margin = f" ± {half}" if half != "0" else ""
    key = (
        figure["indicator"],
        figure["group_code"],
        figure["area_name"],
        figure["period"],
        figure["scenario"],
    )
    paths = f"{figure['header_path']} · {figure['label_path']}".strip(" ·")
    return f"{', '.join(key)} = {value}{margin} {figure['unit']}  [{paths}]"
