"""Cells put into rows, blocks and columns as a page shows them: spans, marks, stubs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from expectations.desk.publication import Row
from expectations.desk.queries.blocks import blocks_of, stub_of
from expectations.desk.queries.layout import (
    DEFAULT_WIDTH,
    Layout,
    Place,
    pixels,
    shown_columns,
    spans_of,
    spill,
)
from warehouse.model import a1

WIDEST_STUB = 300
"""Pixels of a column that stays in sight."""
Marks = Mapping[tuple[str, str], "Mark"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What findings say of a cell: `kind` is culprit, suspect or witness."""

    kind: str
    severity: str
    findings: int


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One place of the sheet; `address` is "" for an empty one."""

    text: str = ""
    address: str = ""
    role: str = ""
    row_span: int = 1
    column_span: int = 1
    bold: bool = False
    centred: bool = False
    mark: Mark | None = None
    column: int = 0
    is_stub: bool = False


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of the sheet; `gap` says that rows before it are left out."""

    number: int
    cells: Sequence[ShownCell]
    hidden: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """Rows under one head, which stays in sight while they are scrolled through."""

    head: Sequence[ShownRow]
    body: Sequence[ShownRow]


@dataclass(frozen=True, slots=True)
class ShownSheet:
    """A window of a sheet: letters and widths (px) of its columns, its blocks, where it ends."""

    name: str
    letters: Sequence[str]
    widths: Sequence[int]
    hidden_columns: Sequence[bool]
    stub_columns: Sequence[bool]
    blocks: Sequence[ShownBlock]
    first_row: int
    last_row: int
    rows_in_all: int


def draw(
    name: str,
    cells: Iterable[Row],
    used_columns: Sequence[int],
    numbers: Sequence[int],
    *,
    layout: Layout,
    marked: Marks,
    ends: tuple[int, int, int],
) -> ShownSheet:
    """The cells put into rows and columns; merged ranges span only what is shown of them.

    `ends` are the first and the last row of the window and the last of the sheet; heads from
    above the window stand among `numbers` too.
    """
    cells = list(cells)
    columns = shown_columns(used_columns)
    filled = {cell["row_number"] for cell in cells}
    kept = [one for one in numbers if one in filled or _inside_merge(one, layout)]
    drawer = _Drawer((name, columns), cells, layout, marked)
    blocks = [
        ShownBlock(drawer.rows(head, stub), drawer.rows(body, stub))
        for head, body in blocks_of(kept, cells)
        for stub in [stub_of([*head, *body], cells)]
    ]
    stubs = {
        cell.column for block in blocks for row in block.body for cell in row.cells if cell.is_stub
    }
    return ShownSheet(
        name,
        [a1(1, column)[:-1] for column in columns],
        [_width(column, layout, column in stubs) for column in columns],
        [column in layout.hidden_columns for column in columns],
        [column in stubs for column in columns],
        blocks,
        *ends,
    )


class _Drawer:
    """Puts the cells of a sheet into rows, a group of rows at a time."""

    def __init__(
        self, shown: tuple[str, Sequence[int]], cells: Iterable[Row], layout: Layout, marked: Marks
    ) -> None:
        (self._sheet, self._columns), self._layout, self._marked = shown, layout, marked
        self._by_place = {(one["row_number"], one["column_number"]): one for one in cells}
        self._before = 0

    def rows(self, numbers: Sequence[int], stub: int) -> list[ShownRow]:
        """The rows of a head or of a body: merged ranges end with it, as the page's tables do."""
        spans, covered = spans_of(self._layout, numbers, self._columns)
        self._part_empty(stub, spans, covered)
        return [self._row(number, stub, spans, covered) for number in numbers]

    def _part_empty(self, stub: int, spans: dict[Place, Place], covered: set[Place]) -> None:
        """Take an empty merged range over the stub apart, so that its place can stay in sight."""
        for (row, column), (down, across) in list(spans.items()):
            over = column <= stub < column + across and across > 1
            if over and (row, column) not in self._by_place:
                del spans[row, column]
                covered -= {(row + i, column + k) for i in range(down) for k in range(across)}

    def _row(
        self, number: int, stub: int, spans: dict[Place, Place], covered: set[Place]
    ) -> ShownRow:
        spill(
            number,
            self._columns,
            self._by_place,
            layout=self._layout,
            spans=spans,
            covered=covered,
        )
        shown = [
            self._cell((number, column), spans.get((number, column), (1, 1)), column == stub)
            for column in self._columns
            if (number, column) not in covered
        ]
        gap = bool(self._before) and number > self._before + 1
        self._before = number
        return ShownRow(number, shown, number in self._layout.hidden_rows, gap)

    def _cell(self, place: Place, span: Place, in_stub: bool) -> ShownCell:
        down, across = span
        is_stub = in_stub and across == 1
        cell = self._by_place.get(place)
        if cell is None:
            return ShownCell(row_span=down, column_span=across, column=place[1], is_stub=is_stub)
        return ShownCell(
            cell["typed_text"],
            cell["cell"],
            cell["role"],
            down,
            across,
            place in self._layout.bold,
            self._layout.is_merged(place),
            self._marked.get((self._sheet, cell["cell"])),
            place[1],
            is_stub,
        )


def _width(column: int, layout: Layout, is_stub: bool) -> int:
    """The width of a column; one that stays in sight leaves room for the others."""
    wide = pixels(layout.widths.get(column, DEFAULT_WIDTH))
    return min(wide, WIDEST_STUB) if is_stub else wide


def _inside_merge(number: int, layout: Layout) -> bool:
    return any(top <= number <= bottom for top, _, bottom, _ in layout.merges)
