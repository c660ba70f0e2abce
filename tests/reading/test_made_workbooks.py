"""The maker of workbooks tells the truth: its figures add up and stand where it says."""

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from flows.reading.workbook import open_workbook
from tests.generator.layouts import LAYOUTS, make_workbook
from tests.generator.page import Truth
from tests.generator.world import PAYER_GROUPS, RATES


def meaning(truth: Truth, **other: str) -> tuple[str, ...]:
    """What identifies a figure, with some parts replaced."""
    names = ("sheet", "area_code", "indicator", "group_code", "period", "scenario")
    return tuple(other.get(name, getattr(truth, name)) for name in names)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_rates_are_the_ratio_of_their_counts(layout: str) -> None:
    _, truths, _ = make_workbook(layout, 5, gaps=0.0)
    known = {meaning(truth): truth for truth in truths}
    for truth in truths:
        part, whole = RATES.get(truth.indicator, ("", ""))
        count = known.get(meaning(truth, indicator=part))
        base = known.get(meaning(truth, indicator=whole))
        if count and base:
            low = (count.value_literal - count.half_width) / (base.value_literal + base.half_width)
            high = (count.value_literal + count.half_width) / (base.value_literal - base.half_width)
            assert low * 100 <= truth.value_literal + truth.half_width
            assert high * 100 >= truth.value_literal - truth.half_width


@pytest.mark.parametrize("seed", range(3))
def test_payer_groups_add_up_to_their_total(seed: int) -> None:
    _, truths, _ = make_workbook("subtotals", seed, gaps=0.0)
    sums: dict[str, Decimal] = defaultdict(Decimal)
    slack: dict[str, Decimal] = defaultdict(Decimal)
    for truth in truths:
        if truth.group_code in PAYER_GROUPS:
            sums[truth.period] += truth.value_literal
        if "/" not in truth.group_code:
            slack[truth.period] += truth.half_width
    totals = {t.period: t.value_literal for t in truths if t.group_code == "total"}
    assert len(totals) == 4
    for period, total in totals.items():
        assert abs(sums[period] - total) <= slack[period]


def test_no_figure_is_told_twice_on_a_sheet() -> None:
    for layout in LAYOUTS:
        _, truths, _ = make_workbook(layout, 7)
        assert len({meaning(truth) for truth in truths}) == len(truths)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_figure_stands_in_its_cell(layout: str, tmp_path: Path) -> None:
    book, truths, _style = make_workbook(layout, 9, numbers="real", rates="format", letters="nfc")
    book.save(tmp_path / "made.xlsx")
    cells = {
        (grid.sheet, cell.address): cell
        for grid in open_workbook(tmp_path / "made.xlsx").grids
        for cell in grid.cells.values()
    }
    for truth in truths:
        printed = cells[(truth.sheet, truth.cell)].printed
        assert printed is not None
        scale = {"VND": (10**3, 10**6, 10**9)}.get(truth.unit, (1,))
        assert truth.value_literal in {printed * unit for unit in scale}
