"""What a province reported before, and was accepted, is held against what it reports now."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from drawn import store

from expectations.relations import judge
from warehouse.database import open_memory

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

BEFORE = " | 2014\nbhyt_participants | 491421\npopulation | 519538"


@contextmanager
def reported(
    now: str, before: str = BEFORE, status: str = "accepted", province: str = "62"
) -> Iterator["DuckDBPyConnection"]:
    """A report stored and decided last year, and one judged today."""
    with open_memory() as connection:
        store(connection, "old", t=before)
        store(connection, "new", t=now)
        connection.execute(
            "UPDATE submission SET received_at = TIMESTAMP '2025-11-22', status = ?, "
            "province_code = ? WHERE submission_id = 'old'",
            [status, province],
        ).fetchall()
        judge(connection, ["new"], dt.datetime(2026, 11, 22))
        yield connection


def verdicts(rule: str, now: str, **how: str) -> list[str]:
    with reported(now, **how) as connection:
        rows = connection.execute(
            "SELECT status FROM relation WHERE rule = ? ORDER BY found", [rule]
        ).fetchall()
    return [status for (status,) in rows]


@pytest.mark.parametrize(
    ("population", "status"),
    [("519538", "holds"), ("519540~5", "rounding"), ("519539", "rounding"), ("519540", "fails")],
)
def test_the_same_figure_as_before(population: str, status: str) -> None:
    now = f" | 2014\npopulation | {population}"
    assert verdicts("same_as_reported_before", now) == [status]


@pytest.mark.parametrize("status", ["read", "quarantined", "superseded", "rejected"])
def test_only_accepted_reports_count(status: str) -> None:
    now = " | 2014\npopulation | 500000"
    assert verdicts("same_as_reported_before", now, status=status) == []


def test_another_provinces_report_says_nothing() -> None:
    assert verdicts("same_as_reported_before", " | 2014\npopulation | 1", province="04") == []


def test_what_came_later_says_nothing_of_what_was_before() -> None:
    with reported(" | 2014\npopulation | 500000") as connection:
        connection.execute("UPDATE submission SET status = 'accepted'").fetchall()
        judge(connection, ["old"])
        rules = connection.execute(
            "SELECT rule FROM relation WHERE submission_id = 'old' AND rule LIKE '%before'"
        ).fetchall()
    assert rules == []


def test_the_finding_names_the_other_file_and_holds_only_its_own_cells() -> None:
    with reported(" | 2014\npopulation | 500000") as connection:
        [(severity, said)] = connection.execute(
            "SELECT severity, message_vi FROM finding WHERE rule = 'same_as_reported_before'"
        ).fetchall()
        cells = connection.execute("SELECT part, cell FROM finding_cell").fetchall()
        terms = connection.execute(
            "SELECT t.observation_id FROM relation_term t JOIN relation r USING (relation_id) "
            "WHERE r.rule = 'same_as_reported_before' ORDER BY ALL"
        ).fetchall()
    assert severity == "warning"
    assert "nay ghi 500000, báo cáo trước (old.xlsx, ô t!B3) ghi 519538, lệch 19.538." in said
    assert cells == [("found", "B2")]
    assert terms == [("new/t!B2",), ("old/t!B3",)]


@pytest.mark.parametrize(
    ("population", "status"),
    # 5% of 519.538 are 25.976,9.
    [("545515", "holds"), ("545516", "fails"), ("493561", "holds"), ("493560", "fails")],
)
def test_a_population_is_near_that_of_the_year_before(population: str, status: str) -> None:
    now = f" | 2015\npopulation | {population}"
    assert verdicts("population_since_last_year", now) == [status]


def test_a_report_that_tells_of_the_year_before_is_judged_by_itself() -> None:
    now = " | 2014 | 2015\npopulation | 519538 | 600000"
    assert verdicts("population_since_last_year", now) == []
