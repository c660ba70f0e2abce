"""The warehouse as it stood: yesterday's truth after a resubmission, a correction, a new status."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from landed_readings import finding, landed, observation

from warehouse import history, places
from warehouse.database import open_memory, open_published, open_working
from warehouse.publish import publish
from warehouse.store import set_statuses, store_readings

FRIDAY = dt.datetime(2026, 11, 20, 18)
SATURDAY = dt.datetime(2026, 11, 21, 18)


def moment_of(publication: Path) -> dt.datetime:
    return dt.datetime.strptime(publication.stem, "%Y%m%dT%H%M%S.%fZ")


def night(home: Path, *readings: dict[str, Any]) -> dt.datetime:
    """Load readings and publish; returns the publication's moment."""
    with open_working(home) as connection:
        stored = store_readings(connection, readings)
        set_statuses(connection, [one.submission_id for one in stored])
        return moment_of(publish(connection, home))


def ask(home: Path, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with open_published(places.current_link(home)) as reader:
        return reader.execute(sql, list(parameters)).fetchall()


def population(figure: str, **other: Any) -> dict[str, Any]:
    return landed(observation("population", figure, "A1"), **other)


@pytest.mark.parametrize("macro", ["as_of", "mart.as_of", "review.as_of"])
def test_after_a_resubmission_the_day_before_still_says_what_it_said(
    tmp_path: Path, macro: str
) -> None:
    yesterday = night(tmp_path, population("523034"))
    today = night(tmp_path, population("523043"))
    asked = f"SELECT value FROM {macro}(?)"
    assert ask(tmp_path, asked, yesterday) == [(Decimal(523034),)]
    assert ask(tmp_path, asked, today) == [(Decimal(523043),)]
    assert ask(tmp_path, asked, yesterday - dt.timedelta(microseconds=1)) == []


def test_as_of_now_is_what_the_marts_say(tmp_path: Path) -> None:
    held = population("5", title="Khác", findings=(finding(severity="critical"),))
    moment = night(tmp_path, population("1"), held)
    for schema, table in (("mart", "figures"), ("review", "observation")):
        same = f"(FROM {schema}.as_of(?) EXCEPT ALL FROM {schema}.{table})"
        assert ask(tmp_path, f"SELECT count(*) FROM {schema}.as_of(?)", moment) == ask(
            tmp_path, f"SELECT count(*) FROM {schema}.{table}"
        )
        assert ask(tmp_path, same, moment) == []


def test_a_report_that_is_accepted_later_was_in_no_mart_before(tmp_path: Path) -> None:
    held = population("7", findings=(finding(severity="critical"),))
    before = night(tmp_path, held)
    with open_working(tmp_path) as connection:
        connection.execute("UPDATE finding SET status = 'accepted'").fetchall()
        set_statuses(connection, [held["sha256"][:16]])
        after = moment_of(publish(connection, tmp_path))
    assert ask(tmp_path, "SELECT value FROM as_of(?)", before) == []
    assert ask(tmp_path, "SELECT value FROM as_of(?)", after) == [(Decimal(7),)]


def test_a_correction_counts_from_its_publication_until_it_is_undone(tmp_path: Path) -> None:
    typed = night(tmp_path, population("55042"))
    with open_working(tmp_path) as connection:
        connection.execute(
            "INSERT INTO correction SELECT observation_id, submission_id, 'd1', value, obs_status "
            "FROM observation"
        )
        connection.execute("UPDATE observation SET value = 59042, obs_status = 'E'").fetchall()
        corrected = moment_of(publish(connection, tmp_path))
        connection.execute("UPDATE observation SET value = 55042, obs_status = 'A'").fetchall()
        connection.execute("DELETE FROM correction").fetchall()
        undone = moment_of(publish(connection, tmp_path))
    asked = "SELECT value, obs_status FROM as_of(?)"
    assert ask(tmp_path, asked, typed) == [(Decimal(55042), "A")]
    assert ask(tmp_path, asked, corrected) == [(Decimal(59042), "E")]
    assert ask(tmp_path, asked, undone) == [(Decimal(55042), "A")]


def test_a_day_ends_at_midnight_in_vietnam(tmp_path: Path) -> None:
    night(tmp_path, population("1"))
    with open_working(tmp_path) as connection:
        connection.execute("UPDATE submission_spell SET known_from = ?", [FRIDAY]).fetchall()
        publish(connection, tmp_path)
    # 18:00 UTC on the 20th is 01:00 on the 21st in Vietnam.
    assert ask(tmp_path, "SELECT count(*) FROM as_of('2026-11-20')") == [(0,)]
    assert ask(tmp_path, "SELECT count(*) FROM as_of(DATE '2026-11-21')") == [(1,)]


def test_what_stays_is_written_down_once() -> None:
    with open_memory() as connection:
        store_readings(connection, [population("1")])
        history.remember(connection, FRIDAY)
        history.remember(connection, SATURDAY)
        spells = connection.execute("SELECT known_from, known_to FROM submission_spell").fetchall()
    assert spells == [(FRIDAY, None)]


def test_revisions_tell_old_new_and_why(tmp_path: Path) -> None:
    night(
        tmp_path,
        landed(observation("population", "10", "A1"), observation("labour_force", "5", "A2")),
    )
    night(
        tmp_path,
        landed(
            observation("population", "12", "B1"),
            observation("bhyt_staff", "3", "B2", unit="staff"),
        ),
    )
    rows = ask(
        tmp_path,
        "SELECT indicator, change, old_value, new_value, change_pct, old_cell, new_cell, reason "
        "FROM mart.revisions ORDER BY indicator",
    )
    why = "revision 2 took the place of 1"
    assert rows == [
        ("bhyt_staff", "added", None, Decimal(3), None, None, "B2", why),
        ("labour_force", "removed", Decimal(5), None, None, "A2", None, why),
        ("population", "changed", Decimal(10), Decimal(12), Decimal(20), "A1", "B1", why),
    ]
