"""Old provinces in today's: every area leads somewhere, and the sums add up."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from landed_readings import landed, observation

from warehouse import building, standing
from warehouse.database import open_memory
from warehouse.store import set_statuses, store_readings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

OLD = {"62": ("Kon Tum", 474863, 523034), "51": ("Quảng Ngãi", 1100000, 1270000)}


def report(code: str, year: str = "2018") -> dict[str, Any]:
    name, people, population = OLD[code]
    area = (code, name, "province")
    return landed(
        observation("bhyt_participants", str(people), "A1", area=area, period=year),
        observation("population", str(population), "A2", area=area, period=year),
        province_code=code,
        title=f"{name} {year}",
    )


@pytest.fixture(scope="module")
def built() -> Iterator["DuckDBPyConnection"]:
    """Both halves of today's Quảng Ngãi for 2018, one of them for 2017."""
    with open_memory() as connection:
        stored = store_readings(connection, [report("62"), report("51"), report("62", "2017")])
        set_statuses(connection, [one.submission_id for one in stored])
        standing.mark(connection, only_touched=False)
        building.build(connection)
        yield connection


def ask(built: "DuckDBPyConnection", sql: str) -> list[tuple[Any, ...]]:
    return built.execute(sql).fetchall()


def test_every_area_leads_to_one_of_todays_34_provinces(built: "DuckDBPyConnection") -> None:
    assert ask(
        built,
        "SELECT count(DISTINCT province_code_today), count(*) - count(province_name_today) "
        "FROM mart.area_crosswalk",
    ) == [(34, 0)]
    assert (
        ask(
            built,
            "SELECT count(*) FROM mart.areas WHERE level <> 'country' EXCEPT "
            "SELECT count(*) FROM mart.area_crosswalk",
        )
        == []
    )


def test_a_complete_sum_has_its_coverage(built: "DuckDBPyConnection") -> None:
    assert ask(
        built,
        "SELECT province_name_today, bhyt_participants_people, population_people, is_complete, "
        "bhyt_coverage_recomputed_pct FROM mart.coverage_by_province_today_year WHERE year = 2018",
    ) == [("Quảng Ngãi", 1574863, 1793034, True, Decimal("87.8323"))]


def test_an_incomplete_sum_says_who_is_missing(built: "DuckDBPyConnection") -> None:
    assert ask(
        built,
        "SELECT bhyt_participants_people, is_complete, missing_province_names, "
        "bhyt_coverage_recomputed_pct FROM mart.coverage_by_province_today_year WHERE year = 2017",
    ) == [(474863, False, "Quảng Ngãi", None)]


def test_the_sums_over_old_and_todays_provinces_are_equal(built: "DuckDBPyConnection") -> None:
    old, today = (
        ask(built, f"SELECT sum(bhyt_participants_people), sum(population_people) FROM mart.{name}")
        for name in ("coverage_by_province_year", "coverage_by_province_today_year")
    )
    assert old == today


def test_payer_groups_follow_the_law(built: "DuckDBPyConnection") -> None:
    laws = ask(
        built,
        "SELECT law_code FROM mart.payer_groups WHERE group_code = 'household' ORDER BY valid_from",
    )
    assert laws == [("46/2014/QH13",), ("51/2024/QH15",)]
