"""Who owes what: the calendar against what came, per province: when, how complete, how late."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from expectations.dues import Due, Report, dues, load_calendar
from warehouse import reference

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

OwedStatus = Literal["on time", "late", "overdue", "awaited"]
# A superseded revision came when it came; a plan is no report of what was.
CAME = """
SELECT s.province_code, o.period, o.indicator,
    min(CAST(s.received_at + INTERVAL 7 HOUR AS DATE)) AS received_on,
    bool_or(s.status = 'accepted') AS accepted,
    count(DISTINCT o.area_code) FILTER (o.area_level = 'district') AS districts
FROM main.observation o JOIN main.submission s USING (submission_id)
WHERE o.scenario = 'actual' AND s.status <> 'rejected'
GROUP BY ALL"""


@dataclass(frozen=True, slots=True)
class Came:
    """What came of one indicator for one province and period."""

    received_on: dt.date
    accepted: bool
    districts: int


@dataclass(frozen=True, slots=True)
class Owed:
    """One owed report and what became of it.

    `received_on` is the day in Vietnam on which the first indicator came, None when it has not;
    `days_late` counts from the due day to that day, or to today; `missing` names the indicators
    that did not come; `districts` is how many districts it speaks of, of the `districts_owed` that
    the province had when the period ended (0: the report owes none). Completeness counts a figure
    of each indicator for the province and for each of these.
    """

    report: str
    name_vi: str
    name_en: str
    province_code: str
    province_name: str
    period: str
    due_on: dt.date
    status: OwedStatus
    received_on: dt.date | None
    accepted: bool
    days_late: int
    completeness_pct: int
    missing: tuple[str, ...]
    districts: int
    districts_owed: int


@dataclass(frozen=True, slots=True)
class Punctuality:
    """How one period's reports came in: the trend, period after period."""

    report: str
    period: str
    due_on: dt.date
    owed: int
    on_time: int
    late: int
    overdue: int
    awaited: int


def owing(
    connection: "DuckDBPyConnection",
    today: dt.date,
    ahead_days: int = 60,
    reports: Sequence[Report] | None = None,
) -> list[Owed]:
    """Every report that fell due, or will within some days, in the order of the due days.

    `connection` is a publication (or the working file), `today` the day in Vietnam.
    """
    came = {
        (province, period, indicator): Came(*rest)
        for province, period, indicator, *rest in connection.execute(CAME).fetchall()
    }
    calendar = load_calendar() if reports is None else reports
    until = today + dt.timedelta(days=ahead_days)
    return [_owed(due, came, today) for due in dues(calendar, until)]


def punctuality(owed: Iterable[Owed]) -> list[Punctuality]:
    """The trend: for each report and period how many came on time, late or not at all."""
    counted: dict[tuple[str, str, dt.date], list[OwedStatus]] = {}
    for one in owed:
        counted.setdefault((one.report, one.period, one.due_on), []).append(one.status)
    return [
        Punctuality(
            *key,
            len(statuses),
            statuses.count("on time"),
            statuses.count("late"),
            statuses.count("overdue"),
            statuses.count("awaited"),
        )
        for key, statuses in counted.items()
    ]


def _owed(due: Due, came: dict[tuple[str, str, str], Came], today: dt.date) -> Owed:
    found = {code: _find(due, code, came) for code in due.report.indicators}
    first = found[due.report.indicators[0]]
    missing = tuple(code for code, one in found.items() if one is None)
    owed = _districts_owed(due)
    filled = sum(1 + min(one.districts, owed) for one in found.values() if one)
    return Owed(
        report=due.report.code,
        name_vi=due.report.vi,
        name_en=due.report.en,
        province_code=due.province_code,
        province_name=due.province_name,
        period=due.period,
        due_on=due.due_on,
        status=_status(due, first, today),
        received_on=first.received_on if first else None,
        accepted=bool(first and first.accepted),
        days_late=max(0, ((first.received_on if first else today) - due.due_on).days),
        completeness_pct=100 * filled // (len(found) * (1 + owed)),
        missing=missing,
        districts=first.districts if first else 0,
        districts_owed=owed,
    )


def _districts_owed(due: Due) -> int:
    """How many districts a report must speak of: those of the province when the period ended."""
    if due.report.areas != "districts":
        return 0
    return len(reference.districts(due.province_code, due.ends_on))


def _find(due: Due, indicator: str, came: dict[tuple[str, str, str], Came]) -> Came | None:
    """A period may be written as itself or as its last day."""
    for period in (due.period, due.ends_on.isoformat()):
        if one := came.get((due.province_code, period, indicator)):
            return one
    return None


def _status(due: Due, first: Came | None, today: dt.date) -> OwedStatus:
    if first is not None:
        return "late" if first.received_on > due.due_on else "on time"
    return "overdue" if today > due.due_on else "awaited"
