"""The clerk's desk: one workbook in the making, with its document, its world and its pages."""

import datetime as dt
import random
from dataclasses import dataclass, field, replace
from typing import TypeVar

from tests.generator import spelling
from tests.generator.page import Meaning, Page
from tests.generator.places import Place
from tests.generator.style import Style, in_base_units
from tests.generator.table import Column, Row
from tests.generator.voice import Voice
from tests.generator.world import Document, Moment, World, draw_world

T = TypeVar("T")


@dataclass(slots=True)
class Desk:
    """What a layout works with; `open` must come first."""

    rng: random.Random
    style: Style
    pages: list[Page] = field(default_factory=list)
    world: World = field(init=False)
    voice: Voice = field(init=False)
    moments: list[Moment] = field(default_factory=list)

    def open(
        self,
        kind: str,
        years: list[int],
        extra: list[Moment] | None = None,
        whole: bool = False,
        dated: int = 0,
    ) -> None:
        """Draw the document and the figures of the years (and of other moments).

        `dated` is the document's year where the layout knows it; `whole` is for tables
        of a whole province, which may be one of today's, without districts. A plan
        tells what was before its date and what is to come after it.
        """
        if whole and self.rng.random() < 0.15:
            years = [year + 2025 - years[-1] for year in years]
            extra = None if extra is None else [later(m, 2025 - max_year(extra)) for m in extra]
        document = draw_document(self.rng, kind, years, dated)
        self.moments = [Moment(str(year), scenario_of(year, document)) for year in years]
        if extra is not None:
            self.moments = extra
        self.world = draw_world(self.rng, document, self.moments)
        self.voice = Voice(self.rng, self.style, self.world)

    def redraw(self) -> None:
        """Other figures for the same places and moments: an old draft of the same table."""
        world = self.world
        drawn = draw_world(self.rng, world.document, self.moments, world.province)
        world.figures.clear()
        world.figures.update(drawn.figures)

    def add_page(self, name: str, hidden: bool = False, base_units: bool = False) -> Page:
        """A new sheet; `base_units` for tables that hold more than people."""
        style = in_base_units(self.style) if base_units else self.style
        page = Page(name, self.voice, style, hidden)
        self.pages.append(page)
        return page

    @property
    def province(self) -> Meaning:
        """What stands for the whole province."""
        return Meaning(area=self.world.province.code)

    def districts(self) -> list[Place]:
        """The districts in the clerk's order."""
        places = list(self.world.districts)
        if self.style.shuffled:
            self.rng.shuffle(places)
        return places

    def area_rows(self) -> list[Row]:
        """One line a district, with the province first, last or not at all."""
        rows = [
            Row(self.voice.place(place), Meaning(area=place.code), number)
            for number, place in enumerate(self.districts(), start=1)
        ]
        total = Row(self.voice.total(), self.province, bold=True)
        return self.with_total(rows, total)

    def area_columns(self) -> list[Column]:
        """One column a district, with the province first, last or not at all."""
        columns = [
            Column(self.voice.place(place), Meaning(area=place.code)) for place in self.districts()
        ]
        return self.with_total(columns, Column(self.voice.total(), self.province))

    def with_total(self, items: list[T], total: T) -> list[T]:
        """The items with their total where the clerk puts it."""
        if self.style.total == "absent":
            return items
        return [total, *items] if self.style.total == "first" else [*items, total]

    def year_columns(self, children: tuple[Column, ...] = ()) -> list[Column]:
        """One column (or block of columns) a year, all years spelled in one way."""
        kind = self.rng.choice(("word", "text", "number", "date", "dash", "cell"))
        return [self.year_column(moment, kind, children) for moment in self.moments]

    def year_column(self, moment: Moment, kind: str, children: tuple[Column, ...]) -> Column:
        """A year's head; `cell` is a real date cell shown as dd/mm/yyyy."""
        meaning = Meaning(moment=moment)
        if kind == "cell":
            end = dt.datetime(int(moment.period), 12, 31)
            return Column(end, meaning, children, number_format="dd/mm/yyyy")
        return Column(spelling.spell_year(moment.period, kind), meaning, children)

    def indicator_column(self, code: str) -> Column:
        """A figure column named after its indicator."""
        return Column(self.voice.indicator(code), Meaning(indicator=code))


def draw_years(rng: random.Random, count: int) -> list[int]:
    """Consecutive years up to 2023."""
    last = rng.randint(2012 + count, 2023)
    return list(range(last - count + 1, last + 1))


def draw_document(rng: random.Random, kind: str, years: list[int], dated: int) -> Document:
    """A report after its last year, a plan in the midst of its years."""
    number = rng.randint(11, 4800)
    if kind == "Báo cáo":
        date = dt.date(years[-1] + 1, rng.randint(7 if years[-1] > 2024 else 1, 9), 15)
    else:
        date = dt.date(dated or years[max(0, len(years) // 2 - 1)], rng.randint(1, 12), 28)
    return Document(kind, number, date)


def scenario_of(year: int, document: Document) -> str:
    """Actual when the year ended on or before the document's date, else plan."""
    return "actual" if dt.date(year, 12, 31) <= document.date else "plan"


def max_year(moments: list[Moment]) -> int:
    """The last year of some moments."""
    return max(int(moment.period[:4]) for moment in moments)


def later(moment: Moment, years: int) -> Moment:
    """The same moment some years later."""
    return replace(moment, period=str(int(moment.period[:4]) + years) + moment.period[4:])
