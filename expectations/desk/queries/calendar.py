"""The calendar of what is owed: per period how the reports came in, and who is missing."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from expectations.desk.publication import Publication
from expectations.owing import Owed, Punctuality, owing, punctuality
from warehouse.decision import today_in_vietnam

STATUSES = ("overdue", "awaited", "late", "on time")
URGENT_FIRST = {status: place for place, status in enumerate(STATUSES)}
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Calendar:
    """What the calendar page shows; `provinces` are the choices by code."""

    today: dt.date
    owed: Sequence[Owed]
    in_all: int
    trend: Sequence[Punctuality]
    names: Mapping[str, tuple[str, str]]
    counts: Mapping[str, int]
    provinces: Mapping[str, str]


def owed_now(publication: Publication) -> list[Owed]:
    """What is owed today, as far as this publication tells; worked out once a day."""
    today = today_in_vietnam()

    def compute() -> list[Owed]:
        with publication.cursor() as cursor:
            return owing(cursor, today)

    return publication.remember(("owed", today), compute)


def calendar(publication: Publication, province: str, status: str) -> Calendar:
    """The reports owed by a province ("": all) with a status ("": all), the urgent first."""
    everything = owed_now(publication)
    of_province = [one for one in everything if province in ("", one.province_code)]
    wanted = [one for one in of_province if status in ("", one.status)]
    wanted.sort(key=lambda one: (URGENT_FIRST[one.status], one.due_on, one.province_name))
    return Calendar(
        today_in_vietnam(),
        wanted[:MOST_SHOWN],
        len(wanted),
        punctuality(of_province)[::-1],
        {one.report: (one.name_vi, one.name_en) for one in everything},
        Counter(one.status for one in of_province),
        {one.province_code: one.province_name for one in everything},
    )
