"""`baophu calendar`: which reports are owed, by whom, until when, and what came."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.console import HomeOption, JsonOption, add_row, data, make_table, say, styled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from expectations.owing import Owed, Punctuality

STYLES = {"on time": "green", "late": "yellow", "overdue": "bold red", "awaited": "cyan"}


def calendar(
    home: HomeOption = None,
    status: Annotated[
        str | None, typer.Option("--status", help="Only: on time, late, overdue or awaited.")
    ] = None,
    province: Annotated[
        str | None, typer.Option("--province", help="Only the province of this code.")
    ] = None,
    trend: Annotated[
        bool, typer.Option("--trend", help="Count how each period's reports came in.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """List the reports that are owed, with what came, when, and how complete.

    Which reports these are is data: expectations/calendar.yml.

    Example: baophu calendar --status overdue
    """
    from expectations.owing import owing, punctuality
    from flows.home import find_home
    from warehouse.database import open_published
    from warehouse.decision import today_in_vietnam
    from warehouse.places import current_link

    with open_published(current_link(find_home(home))) as connection:
        owed = owing(connection, today_in_vietnam())
    owed = [
        one
        for one in owed
        if status in (None, one.status) and province in (None, one.province_code)
    ]
    if as_json:
        _print_json(punctuality(owed) if trend else owed)
    elif trend:
        _print_trend(owed)
    else:
        _print_owed(owed)


def _print_json(rows: "Sequence[Owed | Punctuality]") -> None:
    from dataclasses import asdict

    from flows.exact_json import dumps

    typer.echo(dumps([asdict(row) for row in rows], indent=1))


def _print_owed(owed: "list[Owed]") -> None:
    right = ("huyện", "đủ %", "trễ")
    table = make_table("hạn", "kỳ", "tỉnh", "báo cáo", "tình trạng", "nhận", *right, right=right)
    for one in owed:
        day = f"{one.received_on:%d/%m/%Y}" if one.received_on else ""
        table.add_row(
            f"{one.due_on:%d/%m/%Y}",
            one.period,
            one.province_name,
            one.name_vi,
            styled(one.status, STYLES),
            day,
            f"{one.districts}/{one.districts_owed}" if one.districts_owed else "",
            str(one.completeness_pct),
            str(one.days_late or ""),
        )
    data().print(table)
    say(f"{len(owed)} reports.")


def _print_trend(owed: "list[Owed]") -> None:
    from expectations.owing import punctuality

    right = ("owed", "on time", "late", "overdue", "awaited")
    table = make_table("report", "period", "due", *right, right=right)
    for one in punctuality(owed):
        counts = (one.owed, one.on_time, one.late, one.overdue, one.awaited)
        add_row(table, one.report, one.period, _day(one.due_on), *counts)
    data().print(table)


def _day(day: dt.date) -> str:
    return f"{day:%d/%m/%Y}"
