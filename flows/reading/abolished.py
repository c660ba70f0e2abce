"""Districts told of for a time when they stood no more: a commune of their name may be meant."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from expectations.periods import Period
from flows.reading.report import Report
from flows.reading.sheet import Sheet
from flows.reading.surroundings import last_day
from warehouse.model import Observation
from warehouse.reference import areas


def tell_abolished(
    observations: Sequence[Observation],
    written: dt.date | None,
    sheets: Iterable[Sheet],
    report: Report,
) -> None:
    """One finding a table and district whose figures are of a time after its end.

    | Đơn vị    | 31/12/2025 |    Đức Trọng was a district until 01/07/2025;
    | Đức Trọng | 41.235     |    since then only a commune bears its name.

    The year of its end itself counts for a report that was `written` afterwards.
    """
    ends = _ends()
    grids = {sheet.name: sheet.grid for sheet in sheets}
    late: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for one in observations:
        end = ends.get(one.area_code) if one.area_level == "district" else None
        if end is not None and _is_after(one.period, end, written):
            late[one.table_id, one.area_code].append(one)
    for (_table, code), figures in late.items():
        cells = [grids[one.sheet].cells[one.row, one.column] for one in figures]
        facts = {"area": figures[0].area_name, "end": f"{ends[code]:%d/%m/%Y}"}
        report.find("reading.abolished_area", cells, facts=facts)


@cache
def _ends() -> dict[str, dt.date]:
    """When the districts ended, by code, of those that did; a renamed one goes on."""
    last: dict[str, dt.date | None] = {}
    for area in sorted(areas(), key=lambda one: one.valid_from or dt.date.min):
        if area.level == "district":
            last[area.code] = area.valid_to
    return {code: end for code, end in last.items() if end is not None}


def _is_after(told: str, end: dt.date, written: dt.date | None) -> bool:
    """Whether a period ends after a district's end; of one that no calendar holds nothing is said.

    `Quý I` without a year and `13 tháng năm 2025` are told by others.
    """
    try:
        period = Period(int(told[:4]), told[5:])
        last = last_day(period)
    except ValueError:
        return False
    if last < end:
        return False
    is_year_of_end = not period.part and period.year == end.year
    return not is_year_of_end or (written is not None and written >= end)
