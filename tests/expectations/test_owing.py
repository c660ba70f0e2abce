"""The calendar: due days by rule, who owes, what came on time, late or not at all."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

from expectations.dues import CalendarError, Report, dues, load_calendar
from expectations.owing import Owed, owing, punctuality
from warehouse import reference
from warehouse.database import open_memory

YEAR = Report(
    "year", "Báo cáo năm", "Yearly", "", "year", "12-20",
    ("bhyt_participants", "population"), "2018",
)  # fmt: skip
QUARTER = Report(
    "quarter", "Quý", "Quarterly", "", "quarter", "25", ("bhyt_participants",), "2018-Q3"
)
MONTH = Report("month", "Tháng", "Monthly", "", "month", "25", ("bhxh_participants",), "2018-11")


def due_days(report: Report, until: str) -> list[tuple[str, str]]:
    found = dues([report], dt.date.fromisoformat(until))
    return [(due.period, str(due.due_on)) for due in found if due.province_code == "62"]


def test_a_yearly_report_is_due_on_a_day_of_its_year() -> None:
    assert due_days(YEAR, "2019-12-19") == [("2018", "2018-12-20")]
    assert due_days(YEAR, "2019-12-20")[-1] == ("2019", "2019-12-20")


def test_quarters_and_months_are_due_in_the_month_after() -> None:
    assert due_days(QUARTER, "2019-01-31") == [
        ("2018-Q3", "2018-10-25"),
        ("2018-Q4", "2019-01-25"),
    ]
    assert due_days(MONTH, "2019-01-31") == [("2018-11", "2018-12-25"), ("2018-12", "2019-01-25")]


def test_provinces_of_the_due_day_owe() -> None:
    before = list(dues([YEAR], dt.date(2019, 1, 1)))
    assert len({due.province_code for due in before}) == 63
    after = [due for due in dues([YEAR], dt.date(2025, 12, 31)) if due.period == "2025"]
    assert len(after) == 34


SUBMISSION = """
INSERT INTO submission SELECT $id, $id, $id, 'xlsx', '', $province, $province, '', 2018, '', '',
    CAST($received AS TIMESTAMP), 1, $status, '', '', ''"""
FIGURE = """
INSERT INTO observation SELECT $id || $indicator || $period, $id, 't', 's', 'A1', 1, 1, 1, '1',
    $province, $province, 'province', $indicator, 'total', $period, $scenario, 1, 1, 'people', '',
    0, 0.5, 'A', '', '', 100, false, 0"""


@pytest.fixture
def warehouse() -> Iterator[DuckDBPyConnection]:
    with open_memory() as connection:
        yield connection


def send(
    warehouse: DuckDBPyConnection,
    province: str,
    received: str,
    *indicators: str,
    period: str = "2018",
    status: str = "accepted",
    scenario: str = "actual",
) -> None:
    name = f"{province}-{received}"
    facts = {"id": name, "province": province}
    warehouse.execute(SUBMISSION, facts | {"received": received, "status": status}).fetchall()
    for indicator in indicators:
        figure = facts | {"indicator": indicator, "period": period, "scenario": scenario}
        warehouse.execute(FIGURE, figure).fetchall()


def owed_by(warehouse: DuckDBPyConnection, province: str, today: str = "2018-12-31") -> Owed:
    day = dt.date.fromisoformat(today)
    [owed] = [one for one in owing(warehouse, day, reports=[YEAR]) if one.province_code == province]
    return owed


def test_a_report_on_its_due_day_in_vietnam_is_on_time(warehouse: DuckDBPyConnection) -> None:
    send(warehouse, "62", "2018-12-20T16:59", "bhyt_participants", "population")
    one = owed_by(warehouse, "62")
    assert (one.status, one.days_late, one.completeness_pct, one.missing) == ("on time", 0, 100, ())
    send(warehouse, "02", "2018-12-20T17:00", "bhyt_participants")
    late = owed_by(warehouse, "02")
    assert (late.status, late.days_late) == ("late", 1)
    assert (late.completeness_pct, late.missing) == (50, ("population",))


def test_what_did_not_come_is_awaited_then_overdue(warehouse: DuckDBPyConnection) -> None:
    assert owed_by(warehouse, "62", "2018-12-20").status == "awaited"
    one = owed_by(warehouse, "62", "2018-12-23")
    assert (one.status, one.days_late, one.received_on) == ("overdue", 3, None)


def test_a_revision_does_not_make_a_report_late(warehouse: DuckDBPyConnection) -> None:
    send(warehouse, "62", "2018-12-01T00:00", "bhyt_participants", status="superseded")
    send(warehouse, "62", "2018-12-28T00:00", "bhyt_participants")
    assert owed_by(warehouse, "62").status == "on time"


@pytest.mark.parametrize("other", [{"scenario": "plan"}, {"period": "2017"}])
def test_a_plan_or_another_year_is_not_the_report(
    warehouse: DuckDBPyConnection, other: dict[str, str]
) -> None:
    send(warehouse, "62", "2018-12-01T00:00", "bhyt_participants", **other)
    assert owed_by(warehouse, "62").status == "overdue"


def test_a_period_may_be_written_as_its_last_day(warehouse: DuckDBPyConnection) -> None:
    send(warehouse, "62", "2018-12-01T00:00", "bhyt_participants", period="2018-12-31")
    assert owed_by(warehouse, "62").status == "on time"


DISTRICT = """
INSERT INTO observation SELECT * REPLACE ($area AS area_code, 'district' AS area_level)
FROM observation WHERE area_level = 'province' AND indicator = 'bhyt_participants'"""


def test_districts_that_are_missing_make_a_report_incomplete(
    warehouse: DuckDBPyConnection,
) -> None:
    """Kon Tum had ten districts: figures of four of them, and of the province, are 5 of 22."""
    send(warehouse, "62", "2018-12-01T00:00", "bhyt_participants")
    for district in reference.districts("62", dt.date(2018, 12, 31))[:4]:
        warehouse.execute(DISTRICT, {"area": district.code}).fetchall()
    report = replace(YEAR, areas="districts")
    day = dt.date(2018, 12, 31)
    [one] = [one for one in owing(warehouse, day, reports=[report]) if one.province_code == "62"]
    assert (one.districts, one.districts_owed, one.completeness_pct) == (4, 10, 100 * 5 // 22)
    assert owed_by(warehouse, "62").districts_owed == 0


def test_the_trend_counts_every_province(warehouse: DuckDBPyConnection) -> None:
    send(warehouse, "62", "2018-12-01T00:00", "bhyt_participants")
    send(warehouse, "02", "2018-12-27T00:00", "bhyt_participants")
    [trend] = punctuality(owing(warehouse, dt.date(2018, 12, 31), reports=[YEAR]))
    assert (trend.owed, trend.on_time, trend.late, trend.overdue) == (63, 1, 1, 61)


def test_our_own_calendar_can_be_read() -> None:
    assert [report.period for report in load_calendar()] == ["year", "quarter", "month"]


WRITTEN = """
reports:
  x: {vi: "a", en: "b", basis: "", period: "year", due: "12-20", indicators: ["population"],
      since: "2018"}
"""


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ('"year"', '"week"', "x: period is year, quarter or month"),
        ('"2018"', "2018", "x: 2018 is no year"),
        ('"12-20"', '"13-20"', "x: due '13-20' is no day"),
        ('"population"', '"people"', "no such indicators"),
        ("en:", "eng:", "x: .*eng"),
        ("since:", 'areas: "communes", since:', "x: areas is districts"),
    ],
)
def test_a_calendar_that_is_wrong_says_where(
    tmp_path: Path, old: str, new: str, error: str
) -> None:
    path = tmp_path / "calendar.yml"
    path.write_text(WRITTEN.replace(old, new), encoding="utf-8")
    with pytest.raises(CalendarError, match=error):
        load_calendar(path)
