"""`baophu plot`: pictures of coverage as SVG or PNG, made without network or fonts."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from flows.commands.console import HomeOption, fail, say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Kind = Literal["coverage", "ranking", "plan", "tiles"]
Insurance = Literal["bhyt", "bhxh", "bhtn"]


def plot(
    kind: Annotated[
        Kind,
        typer.Argument(
            help="coverage (over time), ranking (of provinces, or a province's districts), plan "
            "(against result), tiles (map of provinces)."
        ),
    ],
    area: Annotated[
        list[str] | None,
        typer.Option("--area", help="Code of an area; coverage takes several, the others one."),
    ] = None,
    year: Annotated[
        int | None, typer.Option("--year", help="Year of a ranking or map. [default: the fullest]")
    ] = None,
    insurance: Annotated[
        Insurance, typer.Option("--insurance", help="bhyt, bhxh or bhtn.")
    ] = "bhyt",
    today: Annotated[
        bool, typer.Option("--today", help="Map today's 34 provinces instead of the old 63.")
    ] = False,
    geojson: Annotated[
        Path | None, typer.Option("--geojson", help="Your official boundaries, instead of tiles.")
    ] = None,
    svg: Annotated[Path | None, typer.Option("--svg", help="Write SVG. [default: stdout]")] = None,
    png: Annotated[Path | None, typer.Option("--png", help="Write PNG; needs Chromium.")] = None,
    home: HomeOption = None,
) -> None:
    """Draw accepted coverage: over time, in order, against plan, or as a map of provinces.

    Example: baophu plot coverage --area 20 --area 62 --svg /tmp/coverage.svg
    """
    from flows.home import find_home
    from warehouse.database import open_published
    from warehouse.places import current_link
    from warehouse.plots.outlines import UnfitMap
    from warehouse.plots.points import NothingToPlot

    with open_published(current_link(find_home(home))) as connection:
        try:
            drawn = _draw(connection, kind, area or [], year, insurance, today, geojson)
        except (NothingToPlot, UnfitMap) as error:
            fail(str(error))
    _write(drawn, svg, png)


def _draw(
    connection: "DuckDBPyConnection",
    kind: Kind,
    areas: list[str],
    year: int | None,
    insurance: Insurance,
    today: bool,
    geojson: Path | None,
) -> str:
    from warehouse.plots import coverage, outlines, plan, points, ranking, tiles

    source = f"Nguồn: baophu, {_published(connection)}, số liệu đã được chấp nhận."
    if kind == "tiles":
        every = (
            points.points_of_today(connection) if today else points.points(connection, insurance)
        )
        found = [one for one in every if (one.area_level, one.scenario) == ("province", "actual")]
        year = year or points.best_year(found, "actual")
        if geojson:
            return outlines.draw(geojson, found, year, insurance, source)
        return tiles.draw(found, year, "today" if today else "old", insurance, source)
    found = points.points(connection, insurance)
    if kind == "coverage":
        return coverage.draw(points.chosen(found, areas), insurance, source)
    found = points.of_level(found, areas[0] if areas else "")
    if kind == "plan":
        return plan.draw(found, insurance, source)
    scenario = "actual" if any(one.scenario == "actual" for one in found) else "plan"
    year = year or points.best_year(found, scenario)
    return ranking.draw(found, year, insurance, source)


def _published(connection: "DuckDBPyConnection") -> str:
    rows = connection.execute("SELECT max(known_from) FROM main.submission_spell").fetchall()
    return f"{rows[0][0]:%d/%m/%Y}" if rows[0][0] else "chưa có báo cáo"


def _write(drawn: str, svg: Path | None, png: Path | None) -> None:
    from flows.exports.png import NoBrowser, write_png

    if svg:
        svg.write_text(drawn + "\n", encoding="utf-8")
        say(f"Drew {svg}.")
    if png:
        try:
            write_png(drawn, png)
        except NoBrowser as error:
            fail(str(error))
        say(f"Drew {png}.")
    if not svg and not png:
        typer.echo(drawn)
