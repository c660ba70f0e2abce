"""Coverage over time: a line an area, dashed where it is planned, named at its end."""

import math
from collections.abc import Sequence
from decimal import Decimal

from warehouse.plots.points import NAMES, Insurance, Point
from warehouse.plots.svg import (
    INK,
    PAPER,
    QUIET,
    RULE,
    SERIES,
    Words,
    element,
    line,
    percent,
    picture,
    titled,
)
from warehouse.plots.svg import text as label

WIDTH, HEIGHT = 860, 480
LEFT, RIGHT, TOP, BOTTOM = 64, 190, 84, 64
HALO = {"stroke": PAPER, "stroke_width": 4, "paint_order": "stroke"}  # names cross lines
APART = 16  # px between the names of two lines


def draw(found: Sequence[Point], insurance: Insurance = "bhyt", source: str = "") -> str:
    """The picture of a few areas' coverage by year; more than eight share colours."""
    frame = _Frame(found)
    codes = list(dict.fromkeys(one.area_code for one in found))
    colours = {code: SERIES[number % len(SERIES)] for number, code in enumerate(codes)}
    lines = [
        _line(frame, [one for one in found if (one.area_code, one.scenario) == key], colours)
        for key in dict.fromkeys((one.area_code, one.scenario) for one in found)
    ]
    span = f"{frame.first}–{frame.last}" if frame.first < frame.last else str(frame.first)
    planned = any(one.scenario == "plan" for one in found)
    subtitle = f"Phần trăm, {span}" + (
        "; nét liền: thực hiện, nét đứt: kế hoạch" if planned else ""
    )
    parts = [*frame.axes(), *lines, *_names(frame, found, colours)]
    return picture(WIDTH, HEIGHT, Words(NAMES[insurance], subtitle, source), parts)


class _Frame:
    """Where years and percentages lie on the paper."""

    def __init__(self, found: Sequence[Point]) -> None:
        self.first = min(one.year for one in found)
        self.last = max(one.year for one in found)
        values = [one.coverage for one in found]
        self.step = _step(max(values) - min(values))
        self.low = math.floor(min(values) / self.step) * self.step
        self.high = max(math.ceil(max(values) / self.step) * self.step, self.low + self.step)

    def x(self, year: int) -> float:
        span = max(self.last - self.first, 1)
        return LEFT + (WIDTH - LEFT - RIGHT) * (year - self.first) / span

    def y(self, value: Decimal | int) -> float:
        height = HEIGHT - TOP - BOTTOM
        return TOP + height * (1 - float(value - self.low) / (self.high - self.low))

    def axes(self) -> list[str]:
        """Rules for round percentages, and the years."""
        parts = []
        for value in range(self.low, self.high + 1, self.step):
            y = self.y(value)
            parts.append(line(LEFT, y, WIDTH - RIGHT, y, stroke=RULE))
            parts.append(label(LEFT - 10, y + 4, str(value), anchor="end", fill=QUIET))
        every = math.ceil((self.last - self.first + 1) / 10)
        for year in range(self.first, self.last + 1, every):
            x = self.x(year)
            parts.append(label(x, HEIGHT - BOTTOM + 24, str(year), anchor="middle", fill=QUIET))
        return parts


def _step(span: Decimal) -> int:
    return next((step for step in (1, 2, 5, 10) if span <= 6 * step), 20)


def _line(frame: _Frame, found: Sequence[Point], colours: dict[str, str]) -> str:
    one = found[0]
    colour = colours[one.area_code]
    planned = one.scenario == "plan"
    path = " ".join(f"{frame.x(p.year):.1f},{frame.y(p.coverage):.1f}" for p in found)
    drawn = element(
        "polyline",
        points=path,
        fill="none",
        stroke=colour,
        stroke_width=2.5,
        stroke_linejoin="round",
        stroke_dasharray="3 6" if planned else None,
        stroke_linecap="round",
    )
    dots = [
        titled(
            f"{p.area_name} {p.year}: {percent(p.coverage, 2)} ({p.scenario})",
            element(
                "circle",
                cx=frame.x(p.year),
                cy=frame.y(p.coverage),
                r=4,
                fill=PAPER if planned else colour,
                stroke=colour,
                stroke_width=2,
            ),
        )
        for p in found
    ]
    return element("g", drawn, *dots)


def _names(frame: _Frame, found: Sequence[Point], colours: dict[str, str]) -> list[str]:
    """Each area's name and last value beside its line, moved apart where lines end close."""
    ends = {one.area_code: one for one in sorted(found, key=lambda one: one.year)}
    parts, free = [], float(TOP)
    for one in sorted(ends.values(), key=lambda one: -one.coverage):
        y = max(frame.y(one.coverage), free)
        free = y + APART
        x = frame.x(one.year)
        parts.append(line(x + 7, frame.y(one.coverage), x + 13, y, stroke=colours[one.area_code]))
        words = f"{one.area_name} {percent(one.coverage)}"
        parts.append(label(x + 16, y + 4, words, fill=INK, font_weight=600, **HALO))
    return parts
