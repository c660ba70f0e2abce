"""Areas in order of their coverage in one year: a bar an area, the plan as a mark upon it."""

from collections.abc import Sequence
from decimal import Decimal

from warehouse.plots.points import NAMES, Insurance, NothingToPlot, Point
from warehouse.plots.svg import (
    INK,
    QUIET,
    RULE,
    Words,
    element,
    line,
    percent,
    picture,
    text,
    titled,
)

WIDTH, ROW = 780, 26
LEFT, RIGHT, TOP, BOTTOM = 170, 90, 96, 44
BAR, PLAN = "#2b7fb8", "#d55e00"
WHOLE = Decimal(100)


def draw(found: Sequence[Point], year: int, insurance: Insurance = "bhyt", source: str = "") -> str:
    """The picture of one year; areas with a plan only get its mark only."""
    actual = {one.area_code: one for one in found if one.year == year and one.scenario != "plan"}
    plan = {one.area_code: one for one in found if one.year == year and one.scenario == "plan"}
    if not actual and not plan:
        raise NothingToPlot(f"No accepted report has the coverage of {year}.")
    rows = sorted(
        (actual.get(code) or plan[code] for code in {**plan, **actual}),
        key=lambda one: (-one.coverage, one.area_code),
    )
    high = max([WHOLE, *(one.coverage for one in (*actual.values(), *plan.values()))])
    height = TOP + ROW * len(rows) + BOTTOM
    parts = [*_rules(high, height)]
    for number, one in enumerate(rows):
        y = TOP + ROW * number
        parts += _row(one, y, high, actual.get(one.area_code), plan.get(one.area_code))
    subtitle = f"Phần trăm, năm {year}" + ("; vạch cam: kế hoạch" if plan else "")
    return picture(WIDTH, height, Words(NAMES[insurance], subtitle, source), parts)


def _x(value: Decimal, high: Decimal) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * float(value / high)


def _rules(high: Decimal, height: int) -> list[str]:
    parts = []
    for value in range(0, int(high) + 1, 20):
        x = _x(Decimal(value), high)
        parts.append(line(x, TOP - 8, x, height - BOTTOM, stroke=RULE))
        parts.append(text(x, TOP - 14, str(value), anchor="middle", font_size=11, fill=QUIET))
    return parts


def _row(one: Point, y: int, high: Decimal, actual: Point | None, plan: Point | None) -> list[str]:
    parts = [text(LEFT - 10, y + 17, one.area_name, anchor="end")]
    if actual:
        width = _x(actual.coverage, high) - LEFT
        bar = element("rect", x=LEFT, y=y + 4, width=width, height=ROW - 8, rx=2, fill=BAR)
        parts.append(titled(f"{actual.area_name}: {percent(actual.coverage, 2)}", bar))
    if plan:
        x = _x(plan.coverage, high)
        mark = line(x, y + 1, x, y + ROW - 1, stroke=PLAN, stroke_width=3)
        parts.append(titled(f"{plan.area_name}, kế hoạch: {percent(plan.coverage, 2)}", mark))
    end = max(_x(p.coverage, high) for p in (actual, plan) if p)
    shown = percent(actual.coverage) if actual else f"KH {percent(one.coverage)}"
    parts.append(text(end + 8, y + 17, shown, fill=INK if actual else QUIET, font_weight=600))
    return parts
