"""A grid seen as rows: cells in order, kinds, and what a merged range covers."""

from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import groupby
from operator import itemgetter

from expectations.folding import squash
from expectations.vocabulary import read_label
from flows.reading.grid import Grid, Merge
from flows.reading.kinds import Kind, is_column_number_row, kind_of
from flows.reading.numbers import is_missing, is_slipped
from warehouse.model import Cell


class Sheet:
    """Looks into one grid; everything is computed once and only for rows that hold cells."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.name = grid.sheet
        self.rows: dict[int, list[Cell]] = {
            row: [grid.cells[place] for place in places]
            for row, places in groupby(sorted(grid.cells), itemgetter(0))
        }
        self.numbers = sorted(self.rows)
        self.kinds: dict[tuple[int, int], Kind] = {
            place: kind_of(cell) for place, cell in grid.cells.items()
        }
        self._data: dict[int, bool] = {}

    @cached_property
    def _merges_by_row(self) -> dict[int, list[Merge]]:
        covered: dict[int, list[Merge]] = {}
        for merge in self.grid.merges:
            for row in self.numbers:
                if merge.top <= row <= merge.bottom:
                    covered.setdefault(row, []).append(merge)
        return covered

    def merge_at(self, row: int, column: int) -> Merge | None:
        """The merged range that covers a place, if any."""
        for merge in self._merges_by_row.get(row, ()):
            if merge.left <= column <= merge.right:
                return merge
        return None

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell typed at a place."""
        return self.grid.cells.get((row, column))

    def covering(self, row: int, column: int) -> Cell | None:
        """The cell typed at a place or in the merged range that covers it."""
        found = self.grid.cells.get((row, column))
        if found is None and (merge := self.merge_at(row, column)):
            found = self.grid.cells.get((merge.top, merge.left))
        return found

    def kind(self, cell: Cell) -> Kind:
        """The kind of a cell of this sheet."""
        return self.kinds[cell.row, cell.column]

    def row_kinds(self, row: int) -> list[Kind]:
        """The kinds of a row's cells, from left to right."""
        return [self.kind(cell) for cell in self.rows.get(row, ())]

    def is_column_numbers(self, row: int) -> bool:
        """Whether a row only numbers the columns."""
        return is_column_number_row(self.rows.get(row, []))

    def is_data(self, row: int) -> bool:
        """Whether a row holds figures or answers, and is no row of column numbers."""
        if row not in self._data:
            self._data[row] = self._holds_data(row)
        return self._data[row]

    def _holds_data(self, row: int) -> bool:
        cells = self.rows.get(row, ())
        figures = any(
            self.kind(cell) in ("number", "dash", "mark", "error") or _answers(cell.typed_text)
            for cell in cells
        )
        return (figures or _answers_reached(cells)) and not self.is_column_numbers(row)


@lru_cache(maxsize=20_000)
def _answers(text: str) -> bool:
    """Whether a text stands where a figure is asked for: `12.8O0`, `Chưa có số liệu`."""
    return is_slipped(text) or (is_missing(text) and not _is_reached(text))


@lru_cache(maxsize=20_000)
def _is_reached(text: str) -> bool:
    return squash(text) == "dat"


def _heads_a_result(text: str) -> bool:
    """Whether a text heads what stands beside results: `Giao | Đạt | %`."""
    meaning = read_label(text)
    return meaning.first("scenario") == "plan" or meaning.first("modifier") == "ratio"


def _answers_reached(cells: Iterable[Cell]) -> bool:
    """Whether `Đạt` stands in a row for the figures, and does not head a column."""
    texts = [cell.typed_text for cell in cells]
    return any(map(_is_reached, texts)) and not any(map(_heads_a_result, texts))
