"""Where the tables of a sheet are, found by one walk down its rows.

A header starts where words that head columns, several periods or several places
stand in a row without figures; it goes on while rows below have text over the
figure columns; then comes the body until the next header, caption or note.
"""

import re
from collections.abc import Callable
from itertools import count, takewhile

from expectations.vocabulary import read_unit
from flows.reading.heads import (
    heads_rows,
    is_head,
    is_line,
    is_note_start,
    is_ordinal,
    is_unit_line,
)
from flows.reading.kinds import is_code
from flows.reading.regions import Region, Regions
from flows.reading.sheet import Sheet
from warehouse.model import Cell

AreaTest = Callable[[str], bool]
_NOTE_LINE = re.compile(r"^\s*(?:[-*+•]|\(\*+\)|\(?\d{1,2}\)|[a-z]\))")
_FIGURE_LIKE = re.compile(r"^\s*[~≈<>]?\s*\d[\d.,]{3,}(?!\S*[/-]\d)(?!\d*\s*$)")


def find_regions(sheet: Sheet, is_area: AreaTest) -> Regions:
    """The tables of a sheet with their captions, units and notes, and the loose text."""
    return Walk(sheet, is_area).run()


class Walk:
    """One walk down a sheet."""

    def __init__(self, sheet: Sheet, is_area: AreaTest) -> None:
        self.sheet = sheet
        self.is_area = is_area
        self.found = Regions()
        self.current: Region | None = None
        self.captions: list[Cell] = []
        self.units: list[Cell] = []
        self.in_notes = False
        self.strong = {row: self._is_strong(row) for row in sheet.numbers}

    def run(self) -> Regions:
        """Every region of the sheet."""
        for row in self.sheet.numbers:
            self._take(row)
        self._close()
        self.found.loose.extend(self.captions + self.units)
        return self.found

    # -- what a row looks like ---------------------------------------------------------

    def _is_strong(self, row: int) -> bool:
        """Whether a row by itself shows that it heads columns."""
        cells = self.sheet.rows[row]
        if len(cells) < 2 or self._is_data(row) or self.sheet.is_column_numbers(row):
            return False
        heads = [cell for cell in cells if is_head(cell)]
        periods = [cell for cell in cells if self.sheet.kind(cell) in ("year", "period")]
        if heads:
            return len(heads) > 1 or is_head(cells[0]) or len(periods) > 1
        if self.is_area(cells[0].typed_text) and self.sheet.kind(cells[1]) == "year":
            return False  # "Kim Sơn | 2010 | 1998": figures that look like years
        if len({cell.typed_text for cell in periods}) > 1 or self._is_divided(row, cells):
            return True
        return sum(1 for cell in cells if self.is_area(cell.typed_text)) > 1

    def _is_data(self, row: int) -> bool:
        """Figures stand in a row; beside a place's name even those that look like years."""
        if self.sheet.is_data(row):
            return True
        cells = self.sheet.rows.get(row, [])
        named = [cell for cell in cells if self.is_area(cell.typed_text)]
        kinds = [self.sheet.kind(cell) for cell in cells]
        return len(named) == 1 and "year" in kinds and not any(is_head(cell) for cell in cells)

    def _is_divided(self, row: int, cells: list[Cell]) -> bool:
        """Whether a merged cell of the row heads several texts of the row below."""
        below = self.sheet.rows.get(row + 1, [])
        if any(is_line(cell) for cell in cells):
            return False  # a title merged over the columns, with the unit line beside it
        if is_code(cells[0].typed_text) or self._is_data(row + 1):
            return False
        merges = [self.sheet.merge_at(cell.row, cell.column) for cell in cells]
        return any(
            sum(1 for cell in below if merge.left <= cell.column <= merge.right) > 1
            for merge in merges
            if merge and merge.bottom == row
        )

    def _zone(self, region: Region) -> int:
        """The last label column: heads, unheaded columns, and the first text column."""
        first = region.header_rows[0]
        columns = sorted({cell.column for cell in region.rows_of_cells(region.header_rows)})
        if (label := self._first_label(first)) and label < columns[0]:
            return columns[0] - 1  # no head over the labels: `| | Tổng số | Nam | Nữ |`
        zone, named = columns[0] - 1, False
        for column in range(columns[0], columns[-1] + 1):
            cell = self.sheet.covering(first, column)
            merge = self.sheet.merge_at(first, column)
            wide = merge is not None and merge.right > merge.left
            if cell is None and not named:
                zone = column
            elif (
                cell is None
                or self._is_figure_head(cell)
                or ((named or wide) and not is_head(cell))
            ):
                break
            else:
                zone, named = column, named or not is_ordinal(cell)
        return max(zone, columns[0] - 1)

    def _first_label(self, header: int) -> int | None:
        """The column where the first row of figures below a header begins."""
        below = (row for row in self.sheet.numbers if row > header and self._is_data(row))
        return next((self.sheet.rows[row][0].column for row in below), None)

    def _is_figure_head(self, cell: Cell) -> bool:
        return self.sheet.kind(cell) in ("year", "period") or self.is_area(cell.typed_text)

    # -- taking rows --------------------------------------------------------------------

    def _take(self, row: int) -> None:
        if self.sheet.is_column_numbers(row) and self.current and not self._has_figures(row):
            self.current.number_rows.append(row)
        elif self.strong[row] or self._repeats_below(row):
            self._take_header(row)
        elif self.current is None:
            self._take_before(row)
        elif not self.current.body_rows and self._continues_header(row):
            self.current.header_rows.append(row)
        elif self._take_text(row):
            pass
        else:
            self.in_notes = False
            self.current.body_rows.append(row)

    def _has_figures(self, row: int) -> bool:
        """A row 1 2 3 deep in a body is figures; a row of column numbers follows its header."""
        assert self.current is not None
        last = max(self.current.header_rows + self.current.repeated_rows, default=0)
        return any(last < body < row for body in self.current.body_rows)

    def _take_header(self, row: int) -> None:
        region = self.current
        if region and not region.body_rows and not self.in_notes:
            region.header_rows.append(row)
            return
        if region and not self.captions and self._repeats_header(region, row):
            region.repeated_rows.append(row)
            return
        host = region if self.in_notes and not self.captions else None
        above = self._upper_header(row)
        self._close()
        self.current = Region(self.sheet, self.captions, self.units, [*above, row], host=host)
        self.captions, self.units = [], []

    def _repeats_header(self, region: Region, row: int) -> bool:
        """A page break repeats the header; so does the row below a repeated one."""
        rows = self.sheet.rows
        texts = [cell.typed_text for cell in rows[row]]
        return any(texts == [c.typed_text for c in rows[head]] for head in region.header_rows)

    def _repeats_below(self, row: int) -> bool:
        """The second row of a header that a page break repeated."""
        region = self.current
        below = region is not None and row - 1 in region.repeated_rows
        return region is not None and below and self._repeats_header(region, row)

    def _upper_header(self, row: int) -> list[int]:
        """Rows above that already are header: `Năm 2014` over two columns."""
        upper: list[int] = []
        last_label = self.sheet.rows[row][0].column
        place = row - 1
        while place in self.sheet.rows and (self.current is None or not self.current.body_rows):
            cells = self.sheet.rows[place]
            spanning = [
                cell
                for cell in cells
                if cell.column > last_label and cell in self.captions and not is_line(cell)
            ]
            if not spanning or len(spanning) < len(cells):
                break
            self.captions = [cell for cell in self.captions if cell not in cells]
            upper.insert(0, place)
            place -= 1
        return upper

    def _take_before(self, row: int) -> None:
        """A row with no table open: a caption, a unit line, or a header without head words."""
        cells = self.sheet.rows[row]
        if self._is_data(row):
            above = self._weak_header(row)
            if above:
                self.captions = [cell for cell in self.captions if cell.row not in above]
                self.current = Region(self.sheet, self.captions, self.units, above, body_rows=[row])
                self.captions, self.units = [], []
                return
        for cell in cells:
            lone = cell.typed_text.strip().startswith("(") and read_unit(cell.typed_text)
            unit = is_unit_line(cell.typed_text) or lone
            (self.units if unit else self.captions).append(cell)

    def _weak_header(self, row: int) -> list[int]:
        """The rows of several texts that stand right above the first figures."""
        if any(self.strong.get(later) for later in self._until_gap(row)):
            return []
        rows: list[int] = []
        for place in reversed([number for number in self.sheet.numbers if number < row]):
            cells = [cell for cell in self.sheet.rows[place] if cell in self.captions]
            if self.sheet.is_column_numbers(place):
                continue
            if len(cells) < 2 or self._is_data(place):
                break
            rows.insert(0, place)
        return rows

    def _until_gap(self, row: int) -> list[int]:
        """The rows that follow without a blank row between."""
        return list(takewhile(self.sheet.rows.__contains__, count(row)))

    def _continues_header(self, row: int) -> bool:
        """Text over the figure columns, no figures: `Số người | Tỷ lệ` below `Năm 2014`."""
        assert self.current is not None
        if self._is_data(row) or self.in_notes:
            return False
        zone = self._zone(self.current)
        cells = self.sheet.rows[row]
        beyond = [cell for cell in cells if cell.column > zone and not is_line(cell)]
        if any(_FIGURE_LIKE.match(cell.typed_text) for cell in beyond):
            return False  # "~111.000" is no head but a figure that cannot be read
        if not beyond or any(is_code(cell.typed_text) and cell.column <= zone for cell in cells):
            return False
        free = [cell for cell in cells if cell.column <= zone and not is_head(cell)]
        return not free or len(beyond) > 1

    # -- text below a header --------------------------------------------------------------

    def _take_text(self, row: int) -> bool:
        """Captions, unit lines and notes that come after a table's first rows."""
        assert self.current is not None
        cells = self.sheet.rows[row]
        if self._is_data(row) and not is_note_start(cells[0].typed_text):
            return False
        if all(is_unit_line(cell.typed_text) for cell in cells):
            (self.units if self._heads_next(row) else self.current.units).extend(cells)
            return True
        if is_note_start(cells[0].typed_text) and (len(cells) == 1 or self.in_notes):
            self.in_notes = True
            self.current.notes.extend(cells)
            return True
        if self.in_notes and len(cells) == 1 and _NOTE_LINE.match(cells[0].typed_text):
            self.current.notes.extend(cells)
            return True
        if self._is_body_text(row, cells):
            return False
        if self._heads_next(row):
            self.captions.extend(cells)
        else:
            self.current.notes.extend(cells)
        return True

    def _is_body_text(self, row: int, cells: list[Cell]) -> bool:
        """A section row (`I | Số lượt khám`), or a row that misses its figures."""
        assert self.current is not None
        if is_code(cells[0].typed_text) and len(cells) > 1:
            return True
        if self._figures_follow(row):
            zone = self._zone(self.current)
            return cells[0].column <= zone or len(cells) > 1 or heads_rows(self.sheet, cells[0])
        return False

    def _figures_follow(self, row: int) -> bool:
        """Whether this table goes on below: figures come before the next header."""
        return self._next_is_header(row) is False

    def _heads_next(self, row: int) -> bool:
        """Whether a header comes before any figures."""
        return self._next_is_header(row) is True

    def _next_is_header(self, row: int) -> bool | None:
        """Whether the next row that says it below is a header or figures; None at the end."""
        below = (later for later in self.sheet.numbers if later > row)
        telling = (later for later in below if self.strong[later] or self._is_data(later))
        later = next(telling, None)
        return None if later is None else self.strong[later]

    def _close(self) -> None:
        if self.current is not None:
            self.found.tables.append(self.current)
        self.current = None
        self.in_notes = False
