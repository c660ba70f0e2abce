"""Pictures: well-formed SVG that shows every point, and a map with all provinces and islands."""

import json
import shutil
import struct
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Tree

import pytest

from flows.exports.png import write_png
from warehouse import reference
from warehouse.plots import coverage, outlines, plan, points, ranking, tiles
from warehouse.plots.points import NothingToPlot, Point
from warehouse.plots.svg import percent, shade

SVG = "{http://www.w3.org/2000/svg}"


def point(area: str, name: str, year: int, value: str, **other: Any) -> Point:
    facts = {"province_code": area, "province_name": name, "area_level": "province"}
    facts |= {"area_code": area, "area_name": name, "year": year, "scenario": "actual"}
    return Point(**{**facts, "coverage": Decimal(value), **other})


LANG_SON = [point("20", "Lạng Sơn", 2012, "85.3"), point("20", "Lạng Sơn", 2017, "96.7")]
KON_TUM = [point("62", "Kon Tum", 2017, "88.1")]
PLANNED = [point("62", "Kon Tum", 2017, "90", scenario="plan")]


def words(svg: str, tag: str = "text") -> list[str]:
    return [one.text or "" for one in Tree.fromstring(svg).iter(f"{SVG}{tag}")]


def test_lines_name_their_areas_and_every_point_tells_its_value() -> None:
    svg = coverage.draw([*LANG_SON, *KON_TUM])
    assert "Lạng Sơn 96,7 %" in words(svg)
    assert "Lạng Sơn 2012: 85,30 % (actual)" in words(svg, "title")
    assert len(list(Tree.fromstring(svg).iter(f"{SVG}circle"))) == 3


def test_names_of_lines_that_end_close_do_not_cover_each_other() -> None:
    close = [point(str(n), f"Tỉnh {n}", 2018, f"90.{n}") for n in range(1, 7)]
    svg = Tree.fromstring(coverage.draw(close))
    heights = [
        float(one.get("y", 0)) for one in svg.iter(f"{SVG}text") if "Tỉnh" in (one.text or "")
    ]
    apart = [b - a for a, b in zip(sorted(heights), sorted(heights)[1:], strict=False)]
    assert len(apart) == 5
    assert min(apart) >= coverage.APART - 0.01


def test_a_ranking_goes_from_the_highest_to_the_lowest() -> None:
    svg = ranking.draw([*LANG_SON, *KON_TUM, *PLANNED], 2017)
    names = [name for name in words(svg) if name in {"Lạng Sơn", "Kon Tum"}]
    assert names == ["Lạng Sơn", "Kon Tum"]
    assert "Kon Tum, kế hoạch: 90,00 %" in words(svg, "title")


def test_a_missed_plan_is_orange_and_a_met_one_green() -> None:
    missed = plan.draw([*KON_TUM, *PLANNED])
    met = plan.draw([point("62", "Kon Tum", 2017, "90"), *PLANNED])
    assert plan.MISSED in missed and plan.MET not in missed
    assert plan.MET in met and plan.MISSED not in met


@pytest.mark.parametrize(("which", "count"), [("old", 63), ("today", 34)])
def test_the_map_has_every_province_once_and_the_islands(which: Any, count: int) -> None:
    laid = tiles.layout(which)
    codes = [tile.code for tile in laid if not tile.islands]
    spells = [one for one in reference.provinces() if (one.valid_to is None) == (which == "today")]
    assert sorted(codes) == sorted({one.code for one in spells} - {"28"})  # Hà Tây ended in 2008
    assert len(codes) == count
    assert {(tile.islands, tile.code) for tile in laid if tile.islands} == {
        ("Hoàng Sa", "48"),
        ("Trường Sa", "56"),
    }
    assert len({(tile.column, tile.row) for tile in laid}) == len(laid)


def test_tiles_show_values_and_say_what_is_missing() -> None:
    svg = tiles.draw(LANG_SON, 2017)
    assert "Lạng Sơn: 96,7 %" in words(svg, "title")
    assert "Hà Nội: chưa có số liệu" in words(svg, "title")
    assert "Hoàng Sa (Đà Nẵng: chưa có số liệu)" in words(svg, "title")
    with pytest.raises(NothingToPlot):
        tiles.draw(LANG_SON, 1999)


def geojson(path: Path, east: float) -> Path:
    """Lạng Sơn as a square, named with its type; a second square far out as the islands."""
    squares = [("Tỉnh Lạng Sơn", 106.0), ("Trường Sa", east)]
    features = [
        {
            "type": "Feature",
            "properties": {"ten": name},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[x, 21], [x + 1, 21], [x + 1, 22], [x, 22], [x, 21]]],
            },
        }
        for name, x in squares
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return path


def test_the_users_own_boundaries_are_taken(tmp_path: Path) -> None:
    svg = outlines.draw(geojson(tmp_path / "vn.geojson", 113.0), LANG_SON, 2017)
    assert words(svg, "title")[1:] == ["Lạng Sơn: 96,70 %", "Trường Sa: chưa có số liệu"]


def test_boundaries_without_the_islands_are_refused(tmp_path: Path) -> None:
    with pytest.raises(outlines.UnfitMap, match="Hoàng Sa"):
        outlines.draw(geojson(tmp_path / "vn.geojson", 108.0), LANG_SON, 2017)


@pytest.mark.parametrize("content", ["{}", "nothing", '{"features": []}'])
def test_what_is_no_map_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "x").write_text(content)
    with pytest.raises(outlines.UnfitMap):
        outlines.draw(tmp_path / "x", LANG_SON, 2017)


def test_the_fullest_year_is_shown_the_latest_of_several() -> None:
    assert points.best_year([*LANG_SON, *KON_TUM], "actual") == 2017
    assert points.best_year(LANG_SON, "actual") == 2017
    with pytest.raises(NothingToPlot):
        points.best_year(LANG_SON, "plan")


def test_shades_reach_from_the_first_to_the_last_colour() -> None:
    low, high = Decimal(50), Decimal(100)
    shades = [shade(Decimal(value), low, high)[0] for value in range(50, 101)]
    assert len(dict.fromkeys(shades)) == 7
    assert percent(Decimal("90.79")) == "90,8 %"


def test_names_from_a_workbook_cannot_break_the_picture() -> None:
    svg = coverage.draw([point("1", "<script>&\"'", 2018, "90")])
    assert "<script>" not in svg
    assert any("<script>&\"'" in said for said in words(svg))


@pytest.mark.browser
@pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed")
def test_a_png_is_twice_the_size_of_its_svg(tmp_path: Path) -> None:
    write_png(coverage.draw(LANG_SON), tmp_path / "x.png")
    head = (tmp_path / "x.png").read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", head[16:24]) == (2 * coverage.WIDTH, 2 * coverage.HEIGHT)
