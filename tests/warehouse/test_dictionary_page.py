"""The dictionary page: up to date, complete, and its examples run."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from landed_readings import landed, observation

from docs.generate import DOCS, tables_page
from warehouse import building, catalog, describe
from warehouse.database import open_memory
from warehouse.store import set_statuses, store_readings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PAGE = Path(DOCS) / "dictionary.md"


@pytest.fixture(scope="module")
def built() -> Iterator["DuckDBPyConnection"]:
    with open_memory() as connection:
        stored = store_readings(connection, [landed(observation("population", "5", "A1"))])
        set_statuses(connection, [one.submission_id for one in stored])
        building.build(connection)
        yield connection


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == tables_page(), "run `make docs`"


def test_every_example_on_the_page_runs(built: "DuckDBPyConnection") -> None:
    queries = re.findall(r"```sql\n(.*?)\n```", PAGE.read_text("utf-8"), re.DOTALL)
    tables = catalog.offers(built, "mart", "review")
    assert len(queries) > len(tables)
    for query in queries:
        assert built.execute(query).description, query


def test_every_example_asks_the_table_it_stands_at() -> None:
    for table, sql in describe.examples().items():
        assert f"FROM {table}" in sql


def test_a_units_column_says_its_unit() -> None:
    units = {
        "bhyt_participants_people": "people",
        "bhyt_coverage_reported_pct": "percent",
        "bhyt_coverage_against_plan_pct_points": "percentage points",
        "expenditure_per_visit_vnd": "VND",
        "bhyt_visits": "visits",
        "receipt_to_acceptance_days": "days",
        "plan_value": "the row's unit",
        "area_name": "",
    }
    assert {name: catalog.unit_of(name) for name in units} == units
