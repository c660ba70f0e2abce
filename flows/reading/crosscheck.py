"""A second opinion on the numbers of an xlsx file, from python-calamine, which shares no code."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from python_calamine import CalamineWorkbook

from flows.reading.formats import exact
from flows.reading.grid import Grid, Workbook
from flows.reading.guards import CELLS
from warehouse.model import a1

Numbers = dict[tuple[int, int], Decimal]


def disagreements(path: Path, workbook: Workbook) -> list[str]:
    """Where the two readings differ in a number, `Biểu 1!C7: 12.9 / 12.8`; empty when nowhere.

    Sheets whose used range exceeds the bound of cells are left out: calamine
    allocates the whole rectangle and would abort the process.
    """
    book = CalamineWorkbook.from_path(path)
    found = []
    for grid in workbook.grids:
        if _area(grid) <= CELLS.value:
            rows = book.get_sheet_by_name(grid.sheet).to_python(skip_empty_area=False)
            found.extend(_differences(grid, _numbers(rows)))
    return found


def _differences(grid: Grid, theirs: Numbers) -> list[str]:
    ours = {p: c.value for p, c in grid.cells.items() if isinstance(c.value, Decimal)}
    return [
        f"{grid.sheet}!{a1(*place)}: {ours.get(place)} / {theirs.get(place)}"
        for place in sorted(ours.keys() | theirs.keys())
        if ours.get(place) != theirs.get(place)
    ]


def _numbers(rows: Sequence[Sequence[object]]) -> Numbers:
    return {
        (row, column): exact(repr(value))
        for row, values in enumerate(rows, start=1)
        for column, value in enumerate(values, start=1)
        if isinstance(value, int | float) and not isinstance(value, bool)
    }


def _area(grid: Grid) -> int:
    rows = max((row for row, _ in grid.cells), default=0)
    return rows * max((column for _, column in grid.cells), default=0)
