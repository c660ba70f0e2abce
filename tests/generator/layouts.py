"""All layouts by name, and the making of one workbook with its truth."""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from openpyxl import Workbook

from tests.generator import layouts_care as care
from tests.generator import layouts_districts as districts
from tests.generator import layouts_province as province
from tests.generator.desk import Desk
from tests.generator.page import Truth
from tests.generator.style import Style, draw_style


def annex(desk: Desk) -> None:
    """A workbook of two annexes in one document: the province's table, then the districts'."""
    province.indicators_by_years(desk)
    [first] = desk.pages
    first.name = "PL 01"
    if desk.world.districts:
        districts.add_district_table(desk, "PL 02")


LAYOUTS: dict[str, Callable[[Desk], None]] = {
    layout.__name__: layout
    for layout in (
        province.indicators_by_years,
        province.groups_count_share,
        province.subtotals,
        province.years_as_rows,
        province.unit_column,
        province.year_on_year,
        province.part_years,
        province.stated_scenarios,
        care.care_and_money,
        districts.districts_by_year_measures,
        districts.districts_as_columns,
        districts.district_blocks,
        districts.districts_by_groups,
        districts.sheet_per_year,
        districts.plan_and_actual,
        districts.targets,
        districts.districts_by_years,
        districts.insurances_by_district,
        districts.insurance_pairs,
        districts.long_list,
        annex,
        districts.side_by_side,
        districts.hidden_draft,
    )
}


def make_workbook(layout: str, seed: int, **habits: Any) -> tuple[Workbook, list[Truth], Style]:
    """A workbook of a layout, what its figures mean, and the clerk's habits that made it.

    `habits` replace what the seed draws for `Style`: `numbers="dots", shift=(3, 2)`.
    """
    rng = random.Random(f"{layout}/{seed}")
    desk = Desk(rng, replace(draw_style(rng), **habits))
    LAYOUTS[layout](desk)
    book = Workbook()
    book.remove(book.worksheets[0])
    truths = [truth for page in desk.pages for truth in page.render(book.create_sheet())]
    return book, truths, desk.style
