"""A map of provinces in tiles: the old 63 or today's 34, with Hoàng Sa and Trường Sa."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from warehouse import reference
from warehouse.plots.points import NAMES, Insurance, NothingToPlot, Point
from warehouse.plots.svg import (
    INK,
    NONE,
    QUIET,
    RULE,
    SCALE,
    Words,
    element,
    percent,
    picture,
    shade,
    text,
    titled,
)

Provinces = Literal["old", "today"]
LAYOUT = Path(__file__).with_name("tiles.csv")
WIDE, HIGH, GAP = 76, 44, 4
LEFT, TOP, BOTTOM = 24, 84, 40
SHORT = {"Bà Rịa - Vũng Tàu": "BR - VT", "Hồ Chí Minh": "TP. HCM", "Thừa Thiên Huế": "TT. Huế"}
LOWEST = Decimal(50)  # a map of coverage near 90 % would show noise from a scale that starts there


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile: a province's, or its islands' (Hoàng Sa is Đà Nẵng's, Trường Sa Khánh Hòa's)."""

    code: str
    column: int
    row: int
    islands: str


def draw(
    found: Sequence[Point],
    year: int,
    provinces: Provinces = "old",
    insurance: Insurance = "bhyt",
    source: str = "",
) -> str:
    """The picture of one year; a province without an accepted figure stays grey.

    Raises NothingToPlot when no province has one.
    """
    values = {one.area_code: one.coverage for one in found if one.year == year}
    if not values:
        raise NothingToPlot(f"No accepted report has the coverage of any province in {year}.")
    low, high = scale_of(values)
    names = _names(provinces)
    tiles = layout(provinces)
    parts = [_tile(tile, names[tile.code], values.get(tile.code), (low, high)) for tile in tiles]
    width = LEFT * 2 + (WIDE + GAP) * (max(tile.column for tile in tiles) + 1)
    height = TOP + (HIGH + GAP) * (max(tile.row for tile in tiles) + 1) + BOTTOM
    parts += legend(width - 210, TOP + 8, low, high)
    which = "63 tỉnh, thành phố cũ" if provinces == "old" else "34 tỉnh, thành phố hiện nay"
    return picture(width, height, Words(NAMES[insurance], f"Năm {year}, {which}", source), parts)


def scale_of(values: Mapping[str, Decimal]) -> tuple[Decimal, Decimal]:
    """The ends of the scale of colours: 50 to 100 percent, lower where a value is."""
    return min([LOWEST, *values.values()]), max([Decimal(100), *values.values()])


def legend(x: int, y: int, low: Decimal, high: Decimal) -> list[str]:
    """The colours with their percentages, and the grey of provinces without a figure."""
    wide = 26
    parts = [
        element("rect", x=x + wide * n, y=y, width=wide, height=12, fill=colour)
        for n, colour in enumerate(SCALE)
    ]
    parts.append(text(x, y + 28, percent(low, 0), font_size=11, fill=QUIET))
    end = x + wide * len(SCALE)
    parts.append(text(end, y + 28, percent(high, 0), font_size=11, fill=QUIET, anchor="end"))
    parts.append(element("rect", x=x, y=y + 40, width=wide, height=12, fill=NONE))
    parts.append(text(x + wide + 8, y + 50, "chưa có số liệu", font_size=11, fill=QUIET))
    return parts


@cache
def layout(provinces: Provinces) -> tuple[Tile, ...]:
    """The tiles of a map."""
    with LAYOUT.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Tile(row["code"], int(row["column"]), int(row["row"]), row["islands"])
            for row in csv.DictReader(lines)
            if row["map"] == provinces
        )


def _names(provinces: Provinces) -> dict[str, str]:
    """Old provinces by the name they had, today's by the name they have."""
    spells = sorted(reference.provinces(), key=lambda one: one.valid_to is None)
    shown = [one for one in spells if provinces == "old" or one.valid_to is None]
    names: dict[str, str] = {}
    for one in shown:
        names.setdefault(one.code, one.name)
    return names


def _tile(tile: Tile, name: str, value: Decimal | None, scale: tuple[Decimal, Decimal]) -> str:
    x, y = LEFT + tile.column * (WIDE + GAP), TOP + tile.row * (HIGH + GAP)
    fill, ink = shade(value, *scale) if value is not None else (NONE, QUIET)
    box = element(
        "rect",
        x=x,
        y=y,
        width=WIDE,
        height=HIGH,
        rx=6,
        fill=fill,
        stroke=INK if tile.islands else RULE,
        stroke_dasharray="4 3" if tile.islands else None,
    )
    middle = x + WIDE / 2
    shown = percent(value) if value is not None else "–"
    said = f"{name}: {shown if value is not None else 'chưa có số liệu'}"
    if tile.islands:
        lines = [(tile.islands, 19, 600), (f"({SHORT.get(name, name)})", 35, 400)]
        said = f"{tile.islands} ({said})"
    else:
        lines = [(SHORT.get(name, name), 19, 600), (shown, 36, 400)]
    words = [
        text(
            middle,
            y + down,
            said_here,
            anchor="middle",
            font_size=12 if len(said_here) < 10 else 10.5,
            fill=ink,
            font_weight=weight,
        )
        for said_here, down, weight in lines
    ]
    return titled(said, box, *words)
