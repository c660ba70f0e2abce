"""A sheet under the hand: figures with their meaning, moved and pulled apart when it is written."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.generator.figures import Typed, type_figure, unit_of
from tests.generator.style import Style
from tests.generator.voice import Voice
from tests.generator.world import Moment


@dataclass(frozen=True, slots=True)
class Truth:
    """What one figure of a made workbook means."""

    sheet: str
    cell: str
    area_code: str
    indicator: str
    group_code: str
    period: str
    scenario: str
    unit: str
    value_literal: Decimal
    half_width: Decimal
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a row, a column or a whole table says about its figures; None is unsaid."""

    area: str | None = None
    indicator: str | None = None
    group: str | None = None
    moment: Moment | None = None
    scale: int | None = None

    def __or__(self, other: "Meaning") -> "Meaning":
        return Meaning(
            other.area or self.area,
            other.indicator or self.indicator,
            other.group or self.group,
            other.moment or self.moment,
            other.scale or self.scale,
        )


@dataclass(frozen=True, slots=True)
class Written:
    """One cell that is no figure."""

    value: str | int | dt.datetime
    number_format: str = "General"
    bold: bool = False
    indent: int = 0
    wrap: bool = False


@dataclass(slots=True)
class Page:
    """One sheet in logical rows and columns (from 1), written to openpyxl by `render`."""

    name: str
    voice: Voice
    style: Style
    hidden: bool = False
    cells: dict[tuple[int, int], Written] = field(default_factory=dict)
    figures: dict[tuple[int, int], tuple[Typed, Meaning]] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    cuts: tuple[set[int], set[int]] = field(default_factory=lambda: (set(), set()))
    row: int = 1

    def write(
        self, row: int, column: int, value: str | int | dt.datetime, **look: bool | int | str
    ) -> None:
        """Put a label: text is dressed in the clerk's letters, a year may be a number."""
        if isinstance(value, str):
            value = self.voice.dress(value)
        self.cells[(row, column)] = Written(value, **look)  # type: ignore[arg-type]

    def line(self, text: str, column: int = 1, bold: bool = False) -> None:
        """Put a line of text of its own and go on below it."""
        self.write(self.row, column, text, bold=bold)
        self.row += 1

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merge a header's cells."""
        if (top, left) != (bottom, right):
            self.merges.append((top, left, bottom, right))

    def figure(self, row: int, column: int, meaning: Meaning) -> None:
        """Type the world's figure of a full meaning; a figure that is not in the world is blank."""
        if self.voice.rng.random() < self.style.gaps:
            return
        world = self.voice.world
        moment = meaning.moment
        assert meaning.area and meaning.indicator and moment
        group = meaning.group or "total"
        try:
            exact = world.exact(meaning.area, meaning.indicator, group, moment)
        except KeyError:
            return
        typed = type_figure(exact, meaning.indicator, self.style, meaning.scale or self.scale())
        self.figures[(row, column)] = (typed, meaning)

    def scale(self) -> int:
        """The unit of people that the table's unit line declares."""
        return 1000 if self.style.thousands else 1

    def cut(self, rows: range, columns: range) -> None:
        """Say between which rows and columns blank ones may be inserted."""
        for kept, span, count in (
            (self.cuts[0], rows, self.style.blank_rows),
            (self.cuts[1], columns, self.style.blank_columns),
        ):
            places = list(span)[1:]
            kept.update(self.voice.rng.sample(places, min(count, len(places))))

    def render(self, sheet: Worksheet) -> list[Truth]:
        """Write everything at its final address and say what is true there."""
        sheet.title = self.name
        if self.hidden:
            sheet.sheet_state = "hidden"
        for (row, column), written in self.cells.items():
            cell = sheet.cell(*self.at(row, column), value=written.value)
            cell.number_format = written.number_format
            cell.font = Font(name="Times New Roman", bold=written.bold)
            cell.alignment = Alignment(indent=written.indent, wrap_text=written.wrap)
        for top, left, bottom, right in self.merges:
            (r1, c1), (r2, c2) = self.at(top, left), self.at(bottom, right)
            sheet.merge_cells(start_row=r1, start_column=c1, end_row=r2, end_column=c2)
        return [self.render_figure(sheet, place) for place in self.figures]

    def render_figure(self, sheet: Worksheet, place: tuple[int, int]) -> Truth:
        """Write one figure and say its meaning."""
        typed, meaning = self.figures[place]
        row, column = self.at(*place)
        cell = sheet.cell(row, column, value=typed.value)
        cell.number_format = typed.number_format
        assert meaning.area and meaning.indicator and meaning.moment
        return Truth(
            self.name,
            f"{get_column_letter(column)}{row}",
            meaning.area,
            meaning.indicator,
            meaning.group or "total",
            meaning.moment.period,
            meaning.moment.scenario,
            unit_of(meaning.indicator),
            typed.literal,
            typed.half_width,
            self.hidden,
        )

    def at(self, row: int, column: int) -> tuple[int, int]:
        """The address of a logical place after the origin's shift and the blank lines."""
        down, right = self.style.shift
        return (
            row + down + sum(cut <= row for cut in self.cuts[0]),
            column + right + sum(cut <= column for cut in self.cuts[1]),
        )
