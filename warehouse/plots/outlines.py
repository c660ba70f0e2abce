"""A map of provinces by their boundaries, from a GeoJSON file that the user has."""

import json
import math
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from warehouse.plots.points import NAMES, Insurance, NothingToPlot, Point
from warehouse.plots.svg import NONE, QUIET, Words, element, percent, picture, shade, titled
from warehouse.plots.tiles import legend, scale_of
from warehouse.revisions import fold_title

WIDTH, TOP, MARGIN = 640, 84, 24
FARTHEST_EAST = 112.0  # Trường Sa lies beyond 112° E, Hoàng Sa just before it
TYPES = ("tinh ", "thanh pho ", "tp ")
Ring = Sequence[Sequence[float]]


class UnfitMap(ValueError):
    """The file is no GeoJSON of Vietnam's provinces."""


def draw(
    path: Path, found: Sequence[Point], year: int, insurance: Insurance = "bhyt", source: str = ""
) -> str:
    """The picture of one year over the user's boundaries, matched by code or name.

    Raises UnfitMap when the file holds no boundary that a province with figures has, and when
    it leaves out Hoàng Sa and Trường Sa; NothingToPlot when no province has a figure.
    """
    values = {one.area_code: one for one in found if one.year == year}
    if not values:
        raise NothingToPlot(f"No accepted report has the coverage of any province in {year}.")
    features = _features(path)
    matched = [_match(feature, values) for feature in features]
    if not any(matched):
        raise UnfitMap(f"No boundary in {path} has the code or the name of a reported province.")
    west, south, east, north = _bounds(features)
    if east < FARTHEST_EAST:
        raise UnfitMap(f"{path} leaves out Hoàng Sa and Trường Sa; take the official boundaries.")
    flat = math.cos(math.radians((south + north) / 2))
    unit = (WIDTH - 2 * MARGIN) / ((east - west) * flat)
    scale = scale_of({code: one.coverage for code, one in values.items()})
    parts = [
        _shape(feature, point, scale, (west, north, unit * flat, unit))
        for feature, point in zip(features, matched, strict=True)
    ]
    height = round(TOP + (north - south) * unit + 60)
    parts += legend(WIDTH - 230, TOP + 8, *scale)
    return picture(WIDTH, height, Words(NAMES[insurance], f"Năm {year}", source), parts)


def _features(path: Path) -> list[dict[str, Any]]:
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        found = [one for one in read["features"] if list(_rings(one))]
    except (ValueError, KeyError, TypeError) as error:
        raise UnfitMap(f"{path} is no GeoJSON FeatureCollection of boundaries.") from error
    if not found:
        raise UnfitMap(f"{path} holds no boundaries.")
    return found


def _rings(feature: dict[str, Any]) -> Iterator[Ring]:
    geometry = feature["geometry"]
    if geometry["type"] == "Polygon":
        yield from geometry["coordinates"]
    elif geometry["type"] == "MultiPolygon":
        for polygon in geometry["coordinates"]:
            yield from polygon


def _match(feature: dict[str, Any], values: dict[str, Point]) -> Point | None:
    """The province whose code or name one of the feature's properties holds."""
    said = {str(value) for value in feature.get("properties", {}).values() if value is not None}
    folded = {_bare(fold_title(text)) for text in said}
    for code, point in values.items():
        if code in said or _bare(fold_title(point.area_name)) in folded:
            return point
    return None


def _bare(folded: str) -> str:
    for kind in TYPES:
        folded = folded.removeprefix(kind)
    return folded


def _bounds(features: Sequence[dict[str, Any]]) -> tuple[float, float, float, float]:
    corners = [corner for one in features for ring in _rings(one) for corner in ring]
    eastings, northings = [one[0] for one in corners], [one[1] for one in corners]
    return min(eastings), min(northings), max(eastings), max(northings)


def _shape(
    feature: dict[str, Any],
    point: Point | None,
    scale: tuple[Decimal, Decimal],
    place: tuple[float, float, float, float],
) -> str:
    west, north, across, down = place
    drawn = " ".join(
        "M"
        + " ".join(
            f"{MARGIN + (corner[0] - west) * across:.1f},{TOP + (north - corner[1]) * down:.1f}"
            for corner in ring
        )
        + "Z"
        for ring in _rings(feature)
    )
    fill = shade(point.coverage, *scale)[0] if point else NONE
    shape = element("path", d=drawn, fill=fill, stroke=QUIET, stroke_width=0.6, fill_rule="evenodd")
    name = point.area_name if point else str(next(iter(feature.get("properties", {}).values()), ""))
    said = percent(point.coverage, 2) if point else "chưa có số liệu"
    return titled(f"{name}: {said}", shape)
