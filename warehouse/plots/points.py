"""What the pictures show: coverage of areas by year, as reported, else as recomputed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Insurance = Literal["bhyt", "bhxh", "bhtn"]
INSURANCES: tuple[Insurance, ...] = get_args(Insurance)
NAMES = {
    "bhyt": "Bao phủ BHYT trên dân số",
    "bhxh": "Tham gia BHXH trên lực lượng lao động",
    "bhtn": "Tham gia BHTN trên lực lượng lao động",
}
MARTS = {
    "bhyt": "mart.coverage_by_area_year",
    "bhxh": "mart.labour_coverage",
    "bhtn": "mart.labour_coverage",
}
POINTS = """
SELECT province_code, province_name, area_level, area_code, area_name, year, scenario,
    coalesce({name}_coverage_reported_pct, {name}_coverage_recomputed_pct) AS coverage
FROM {mart}
WHERE coverage IS NOT NULL
ORDER BY area_level, area_code, year, scenario
"""
TODAY = """
SELECT province_code_today, province_name_today, 'province', province_code_today,
    province_name_today, year, scenario, bhyt_coverage_recomputed_pct
FROM mart.coverage_by_province_today_year
WHERE bhyt_coverage_recomputed_pct IS NOT NULL
ORDER BY ALL
"""


class NothingToPlot(LookupError):
    """No accepted figure answers what the picture was asked to show."""


@dataclass(frozen=True, slots=True)
class Point:
    """The coverage of one area in one year, in percent."""

    province_code: str
    province_name: str
    area_level: str
    area_code: str
    area_name: str
    year: int
    scenario: str
    coverage: Decimal


def points(connection: "DuckDBPyConnection", insurance: Insurance = "bhyt") -> list[Point]:
    """Every point of an open publication."""
    sql = POINTS.format(name=insurance, mart=MARTS[insurance])
    return [Point(*row) for row in connection.execute(sql).fetchall()]


def points_of_today(connection: "DuckDBPyConnection") -> list[Point]:
    """Health insurance in today's provinces: the years whose old provinces are all reported."""
    return [Point(*row) for row in connection.execute(TODAY).fetchall()]


def chosen(all_points: Iterable[Point], areas: Sequence[str]) -> list[Point]:
    """The points of the areas named; of all provinces when none is.

    Raises NothingToPlot when there is none.
    """
    found = [
        one
        for one in all_points
        if (one.area_code in areas if areas else one.area_level == "province")
    ]
    if not found:
        which = ", ".join(areas) or "any province"
        raise NothingToPlot(
            f"No accepted report has the coverage of {which}; "
            "`baophu submissions` shows what waits."
        )
    return found


def of_level(all_points: Iterable[Point], province: str) -> list[Point]:
    """The provinces, or the districts of the province named."""
    found = [
        one
        for one in all_points
        if (
            one.area_level == "district" and one.province_code == province
            if province
            else one.area_level == "province"
        )
    ]
    if not found:
        raise NothingToPlot(
            f"No accepted report has the coverage of the districts of {province}."
            if province
            else "No accepted report has the coverage of any province."
        )
    return found


def best_year(found: Iterable[Point], scenario: str) -> int:
    """The year with the most areas, the latest of several. Raises NothingToPlot."""
    years = [one.year for one in found if one.scenario == scenario]
    if not years:
        raise NothingToPlot(f"No accepted report has such figures ({scenario}).")
    return max(set(years), key=lambda year: (years.count(year), year))
