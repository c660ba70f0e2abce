"""Plan against result: each area's steps from year to year, what was planned and what came."""

from collections.abc import Sequence
from decimal import Decimal

from warehouse.plots.points import NAMES, Insurance, NothingToPlot, Point
from warehouse.plots.svg import (
    INK,
    PAPER,
    RULE,
    Words,
    element,
    line,
    percent,
    picture,
    text,
    titled,
)

LEFT, TOP, BOTTOM, ROW, COLUMN = 190, 108, 44, 34, 92
MET, MISSED, PLAN = "#009e73", "#d55e00", "#bcd8ee"


def draw(found: Sequence[Point], insurance: Insurance = "bhyt", source: str = "") -> str:
    """A table of areas and planned years: a bar is the plan, a dot the result.

    A dot is green when the plan was met, orange when it was missed. Raises NothingToPlot when
    nothing is planned.
    """
    plans = {(one.area_code, one.year): one for one in found if one.scenario == "plan"}
    if not plans:
        raise NothingToPlot("No accepted report has planned coverage for these areas.")
    actual = {(one.area_code, one.year): one for one in found if one.scenario == "actual"}
    years = sorted({year for _, year in plans})
    names = {one.area_code: one.area_name for one in plans.values()}
    width, height = LEFT + COLUMN * len(years) + 40, TOP + ROW * len(names) + BOTTOM
    parts = [
        text(LEFT + COLUMN * (n + 0.5), TOP - 16, str(year), anchor="middle", font_weight=600)
        for n, year in enumerate(years)
    ]
    for row, code in enumerate(names):
        y = TOP + ROW * row
        parts.append(line(24, y, width - 24, y, stroke=RULE))
        parts.append(text(LEFT - 14, y + 21, names[code], anchor="end"))
        for n, year in enumerate(years):
            plan = plans.get((code, year))
            if plan:
                parts.append(_cell(LEFT + COLUMN * n, y, plan, actual.get((code, year))))
    subtitle = "Phần trăm; thanh: kế hoạch, chấm: thực hiện (xanh: đạt, cam: chưa đạt)"
    title = f"{NAMES[insurance]}: kế hoạch và thực hiện"
    return picture(max(width, 700), height, Words(title, subtitle, source), parts)


def _cell(x: int, y: int, plan: Point, actual: Point | None) -> str:
    wide = COLUMN - 14
    bar = wide * float(min(plan.coverage, Decimal(100))) / 100
    parts = [
        element("rect", x=x + 7, y=y + 7, width=wide, height=ROW - 14, rx=3, fill="#f1f5f8"),
        element("rect", x=x + 7, y=y + 7, width=bar, height=ROW - 14, rx=3, fill=PLAN),
        text(x + 13, y + 21, percent(plan.coverage), font_size=12, fill=INK),
    ]
    said = f"{plan.area_name} {plan.year}: kế hoạch {percent(plan.coverage, 2)}"
    if actual:
        said += f", thực hiện {percent(actual.coverage, 2)}"
        at = x + 7 + wide * float(min(actual.coverage, Decimal(100))) / 100
        colour = MET if actual.coverage >= plan.coverage else MISSED
        parts.append(
            element("circle", cx=at, cy=y + ROW / 2, r=6, fill=colour, stroke=PAPER, stroke_width=2)
        )
    return titled(said, *parts)
