"""Which reports are owed: the calendar as data, and every due date that it makes."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from warehouse import reference

CALENDAR = Path(__file__).with_name("calendar.yml")
FORMS = {"year": r"\d{4}", "quarter": r"\d{4}-Q[1-4]", "month": r"\d{4}-(0[1-9]|1[0-2])"}
MONTHS = {"year": 12, "quarter": 3, "month": 1}


class CalendarError(ValueError):
    """A calendar that cannot be understood; the text names the report and what is wrong."""


@dataclass(frozen=True, slots=True)
class Report:
    """One kind of report that every province owes for every period.

    `due` is MM-DD for a year (`years_later` years after it), else the day of the month after
    the period. `since` and `until` are periods as text. `areas` is "districts" where each
    district must be told, "" where the province's own figure does.
    """

    code: str
    vi: str
    en: str
    basis: str
    period: str
    due: str
    indicators: tuple[str, ...]
    since: str
    until: str = ""
    years_later: int = 0
    areas: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """One report that one province owes: for a period, until the end of a day in Vietnam."""

    report: Report
    province_code: str
    province_name: str
    period: str
    ends_on: dt.date
    due_on: dt.date


def load_calendar(path: Path = CALENDAR) -> tuple[Report, ...]:
    """The reports of a calendar file. Raises CalendarError."""
    written: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return tuple(_report(code, facts) for code, facts in (written.get("reports") or {}).items())


def dues(reports: Sequence[Report], until: dt.date) -> Iterator[Due]:
    """Everything that falls due up to a day, the earliest first.

    A report is owed by the provinces that are valid on the day it is due.
    """
    found = [
        (due_on, report.code, report, period, ends_on)
        for report in reports
        for period, ends_on, due_on in _periods(report, until)
    ]
    for due_on, _, report, period, ends_on in sorted(found, key=lambda one: one[:2]):
        for province in _provinces(due_on):
            yield Due(report, province.code, province.name, period, ends_on, due_on)


@cache
def _provinces(day: dt.date) -> tuple[reference.Area, ...]:
    return reference.provinces(day)


def _periods(report: Report, until: dt.date) -> Iterator[tuple[str, dt.date, dt.date]]:
    """The periods of a report with their last day and their due day, while due until a day."""
    months = MONTHS[report.period]
    start = _first_day(report.since)
    while True:
        after = _months_later(start, months)
        ends_on = after - dt.timedelta(days=1)
        due_on = _due_on(report, start, after)
        period = _name(report.period, start)
        if due_on > until or (report.until and period > report.until):
            return
        yield period, ends_on, due_on
        start = after


def _due_on(report: Report, start: dt.date, after: dt.date) -> dt.date:
    if report.period == "year":
        month, day = map(int, report.due.split("-"))
        return dt.date(start.year + report.years_later, month, day)
    return after.replace(day=int(report.due))


def _name(kind: str, start: dt.date) -> str:
    if kind == "year":
        return f"{start.year}"
    return f"{start:%Y}-Q{(start.month + 2) // 3}" if kind == "quarter" else f"{start:%Y-%m}"


def _first_day(period: str) -> dt.date:
    year, _, rest = period.partition("-")
    month = 1 if not rest else 3 * int(rest[1]) - 2 if rest.startswith("Q") else int(rest)
    return dt.date(int(year), month, 1)


def _months_later(day: dt.date, months: int) -> dt.date:
    years, month = divmod(day.month - 1 + months, 12)
    return dt.date(day.year + years, month + 1, 1)


def _report(code: str, facts: dict[str, Any]) -> Report:
    try:
        report = Report(code=code, **facts | {"indicators": tuple(facts["indicators"])})
    except (TypeError, KeyError) as error:
        raise CalendarError(f"calendar: {code}: {error}") from error
    form = FORMS.get(report.period)
    if form is None:
        raise CalendarError(f"calendar: {code}: period is year, quarter or month")
    for period in filter(None, (report.since, report.until)):
        if not isinstance(period, str) or not re.fullmatch(form, period):
            raise CalendarError(f"calendar: {code}: {period!r} is no {report.period}")
    if report.areas not in {"", "districts"}:
        raise CalendarError(f"calendar: {code}: areas is districts, or left out")
    known = {indicator.code for indicator in reference.indicators()}
    if unknown := [one for one in report.indicators if one not in known] or not report.indicators:
        raise CalendarError(f"calendar: {code}: no such indicators: {unknown}")
    try:
        next(_periods(report, dt.date.max.replace(year=9000)))
    except (ValueError, AttributeError) as error:
        raise CalendarError(f"calendar: {code}: due {report.due!r} is no day: {error}") from error
    return report
