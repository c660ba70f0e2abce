"""Consistent tables in every layout, straight from the maker's desk into stored figures."""

import datetime as dt
import random
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.generator.desk import Desk
from tests.generator.figures import group, unit_of
from tests.generator.layouts import LAYOUTS
from tests.generator.page import Page
from tests.generator.style import draw_style
from warehouse.frames import frame, insert

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SUBMISSION_TEXTS = ("reporter", "title", "document_number", "reason", "reason_vi", "reason_en")


@dataclass(frozen=True, slots=True)
class Made:
    """One figure as it was typed; `step` is a unit of its last digit, in base units."""

    page: str
    row: int
    column: int
    area: str
    indicator: str
    group: str
    period: str
    scenario: str
    value: Decimal
    step: Decimal
    scale: Decimal
    tallied: bool
    marks: tuple[str, str]
    hidden: bool

    @property
    def decimals(self) -> int:
        """How many decimals were printed."""
        shown = (self.step / self.scale).normalize().as_tuple().exponent
        return max(0, -int(shown))

    @property
    def text(self) -> str:
        """The figure as typed."""
        return group(self.value / self.scale, self.decimals, *self.marks)


@dataclass(frozen=True, slots=True)
class MadeWorkbook:
    """The figures of one workbook, with its province and the day of its document."""

    name: str
    province_code: str
    province_name: str
    date: dt.date
    figures: tuple[Made, ...]


def make_tables(layout: str, seed: int) -> MadeWorkbook:
    """A workbook of a layout whose every figure is right (and no cell left blank by chance)."""
    rng = random.Random(f"located/{layout}/{seed}")
    desk = Desk(rng, replace(draw_style(rng), gaps=0.0))
    LAYOUTS[layout](desk)
    world = desk.world
    figures = [one for page in desk.pages for one in _figures(page)]
    name = f"{layout}-{seed}"
    province = world.province
    return MadeWorkbook(name, province.code, province.name, world.document.date, tuple(figures))


def _figures(page: Page) -> list[Made]:
    mark = {"commas": ",", "spaces": " "}.get(page.style.numbers, ".")
    made = []
    for (row, column), (typed, meaning) in page.figures.items():
        assert meaning.area and meaning.indicator and meaning.moment
        percent = unit_of(meaning.indicator) == "percent"
        scale = Decimal(1 if percent else meaning.scale or page.scale())
        made.append(
            Made(
                page.name,
                row,
                column,
                meaning.area,
                meaning.indicator,
                meaning.group or "total",
                meaning.moment.period,
                meaning.moment.scenario,
                typed.literal,
                typed.half_width * 2 or Decimal(1),
                scale,
                not typed.half_width,
                (mark, page.style.decimal_mark),
                page.hidden,
            )
        )
    return made


def store(connection: "DuckDBPyConnection", workbooks: dict[str, MadeWorkbook]) -> None:
    """Store workbooks under submission ids, as the reader would have stored them."""
    submissions = [_submission(name, book) for name, book in workbooks.items()]
    tables = [
        _table(name, page)
        for name, book in workbooks.items()
        for page in dict.fromkeys(figure.page for figure in book.figures)
    ]
    figures = [
        _observation(name, book, figure)
        for name, book in workbooks.items()
        for figure in book.figures
    ]
    for table, rows in (
        ("submission", submissions),
        ("source_table", tables),
        ("observation", figures),
    ):
        columns = {column: [row[column] for row in rows] for column in rows[0]}
        insert(connection, table, frame(columns))


def cell_of(figure: Made) -> str:
    """The address of a figure; rows and columns as numbers are address enough here."""
    return f"R{figure.row}C{figure.column}"


def _submission(name: str, book: MadeWorkbook) -> dict[str, Any]:
    return {
        "submission_id": name,
        "sha256": name,
        "file_name": f"{name}.xlsx",
        "file_type": "xlsx",
        "province_code": book.province_code,
        "province_name": book.province_name,
        "reference_year": book.date.year,
        "document_date": book.date.isoformat(),
        "received_at": dt.datetime(2026, 11, 22),
        "revision": 1,
        "status": "read",
        **dict.fromkeys(SUBMISSION_TEXTS, ""),
    }


def _table(name: str, page: str) -> dict[str, Any]:
    texts = ("first_cell", "last_cell", "title", "unit_text", "number_style")
    return {
        "table_id": f"{name}/{page}",
        "submission_id": name,
        "sheet": page,
        "kind": "figures",
        "hidden": False,
        **dict.fromkeys(texts, ""),
    }


def _observation(name: str, book: MadeWorkbook, figure: Made) -> dict[str, Any]:
    province = figure.area == book.province_code
    return {
        "observation_id": f"{name}/{figure.page}!{cell_of(figure)}",
        "submission_id": name,
        "table_id": f"{name}/{figure.page}",
        "sheet": figure.page,
        "cell": cell_of(figure),
        "row_number": figure.row,
        "column_number": figure.column,
        "position": 1,
        "typed_text": figure.text,
        "area_code": figure.area,
        "area_name": figure.area,
        "area_level": "province" if province else "district",
        "indicator": figure.indicator,
        "group_code": figure.group,
        "period": figure.period,
        "scenario": figure.scenario,
        "value": figure.value,
        "value_literal": figure.value,
        "unit": unit_of(figure.indicator),
        "decimals": figure.decimals,
        "half_width": Decimal(0) if figure.tallied else figure.step / 2,
        "match_score": 1.0,
        "hidden": figure.hidden,
        **dict.fromkeys(("unit_printed", "obs_status", "header_path", "label_path"), ""),
    }
