"""The marts that are kept: renewed in part, they are what they would be if made anew."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from landed_readings import finding, landed, observation

from warehouse import building, keeping
from warehouse.database import open_working
from warehouse.publish import publish
from warehouse.store import set_statuses, store_readings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DISTRICT = ("610", "Đắk Glei", "district")


def figures(year: str, people: int) -> list[Any]:
    return [
        observation("population", str(people * 2), "A1", period=year),
        observation("bhyt_participants", str(people), "A2", period=year),
        observation("bhyt_participants", str(people), "A3", period=year, hidden=True),
        observation("bhyt_participants", str(people // 2), "A4", period=year, group="household"),
        observation("bhyt_coverage_pct", "51", "A5", period=year, scenario="plan", unit="percent"),
        observation("population", "9", "A6", period=year, area=DISTRICT),
        observation("labour_force", "9", "A7", period=year),
        observation("bhxh_participants", "3", "A8", period=year),
        observation("bhyt_visits", "8", "A9", period=year, unit="visits"),
        observation("bhyt_revenue", "7", "A10", period=year, unit="VND"),
        observation("bhyt_staff", "2", "A11", period=f"{year}-12-31", unit="staff"),
    ]


def load(connection: "DuckDBPyConnection", *readings: dict[str, Any]) -> None:
    stored = store_readings(connection, readings)
    set_statuses(connection, [one.submission_id for one in stored])


def kept_rows(connection: "DuckDBPyConnection") -> dict[str, list[Any]]:
    return {
        name: connection.execute(f"FROM mart.{name} ORDER BY ALL").fetchall()
        for name in ("figures", *keeping.KEPT)
    }


@pytest.fixture
def working(tmp_path: Path) -> Iterator["DuckDBPyConnection"]:
    """Two reports of different years, published."""
    with open_working(tmp_path) as connection:
        load(connection, landed(*figures("2017", 100), year=2017))
        load(connection, landed(*figures("2018", 200), year=2018))
        publish(connection, tmp_path)
        yield connection


def resubmit(connection: "DuckDBPyConnection") -> None:
    load(connection, landed(*figures("2018", 300)[:6], year=2018))


def quarantine(connection: "DuckDBPyConnection") -> None:
    held = landed(*figures("2018", 400), year=2018, findings=(finding(severity="critical"),))
    load(connection, held)


def repeat(connection: "DuckDBPyConnection") -> None:
    load(connection, landed(*figures("2017", 100), title="Lần nữa", year=2019))


def correct(connection: "DuckDBPyConnection") -> None:
    connection.execute(
        "INSERT INTO correction SELECT observation_id, submission_id, 'd1', value, obs_status "
        "FROM observation WHERE cell = 'A2' AND period = '2017'"
    )
    connection.execute(
        "UPDATE observation SET value = 123, obs_status = 'E' "
        "WHERE observation_id IN (SELECT observation_id FROM correction)"
    ).fetchall()


@pytest.mark.parametrize("change", [resubmit, quarantine, repeat, correct])
def test_what_is_renewed_in_part_is_as_if_made_anew(
    working: "DuckDBPyConnection", tmp_path: Path, change: Any
) -> None:
    before = kept_rows(working)
    change(working)
    publish(working, tmp_path)
    renewed = kept_rows(working)
    working.execute("DROP SCHEMA mart CASCADE")
    publish(working, tmp_path)
    assert renewed == kept_rows(working)
    assert renewed["figures"] != before["figures"]


def test_every_kept_mart_had_rows_to_renew(working: "DuckDBPyConnection") -> None:
    assert [name for name, rows in kept_rows(working).items() if not rows] == ["facilities"]


LABOUR = "SELECT DISTINCT labour_force_people FROM mart.labour_coverage"
SPOILED = "UPDATE mart.labour_coverage SET labour_force_people = 0"


def test_rows_of_other_years_are_left_where_they_are(
    working: "DuckDBPyConnection", tmp_path: Path
) -> None:
    working.execute(f"{SPOILED} WHERE year = 2017").fetchall()
    repeat(working)
    working.execute(f"{SPOILED} WHERE year = 2018").fetchall()
    publish(working, tmp_path)
    assert working.execute(f"{LABOUR} WHERE year = 2017").fetchall() == [(9,)]
    assert working.execute(f"{LABOUR} WHERE year = 2018").fetchall() == [(0,)]


def test_another_recipe_makes_everything_anew(
    working: "DuckDBPyConnection", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    working.execute(SPOILED).fetchall()
    publish(working, tmp_path)
    assert working.execute(LABOUR).fetchall() == [(0,)]
    monkeypatch.setattr(building, "RECIPE", ("review", "marts"))
    publish(working, tmp_path)
    assert working.execute(LABOUR).fetchall() == [(9,)]
