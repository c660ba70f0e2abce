"""What the letters say: the night's report, reminders of what is owed."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from expectations.owing import Owed
from flows.letters.channels import Channels
from flows.letters.outbox import Letter
from flows.night import NightReport

TEMPLATES = Path(__file__).with_name("letters.yml")
VIETNAM = dt.timezone(dt.timedelta(hours=7))
DAYS_BEFORE = 7
"""A first reminder, when the report has not come a week before it is due."""

OVERDUE_DAYS = (1, 8, 15)
"""Reminders on the day after, and a week and two weeks later; then a person must call."""


def night_letters(report: NightReport, channels: Channels) -> Iterator[Letter]:
    """The night's report to the house; a night that had nothing to do tells nothing."""
    if report.state == "Completed" and not report.submissions:
        return
    state, todo = _text(f"state.{report.state}"), _text(f"todo.{report.state}")
    held = [line for line in report.submissions if line.status in {"quarantined", "rejected"}]
    facts = {
        "day": f"{report.started_at.replace(tzinfo=dt.UTC).astimezone(VIETNAM):%d/%m/%Y}",
        "state": state["en"],
        "state_vi": state["vi"],
        "todo": todo["en"].rstrip("."),
        "todo_vi": todo["vi"],
        "reason": report.reason,
        "files": str(len(report.submissions)),
        **{word: str(report.count(word)) for word in ("accepted", "quarantined", "rejected")},
        "held": "".join(f"- {one.file_name} ({one.province_name}): {one.status}\n" for one in held),
    }
    yield from _letters(f"night:{report.night_id}", "night", facts, channels.recipients())


def reminders(owed: Iterable[Owed], today: dt.date, channels: Channels) -> Iterator[Letter]:
    """One letter for each stage that an owed report has reached, the last stage only."""
    for one in owed:
        stage = stage_of(one, today)
        if stage:
            facts = {
                "province": one.province_name,
                "name_vi": one.name_vi,
                "name_en": one.name_en,
                "period": one.period,
                "due": f"{one.due_on:%d/%m/%Y}",
            }
            key = f"reminder:{one.report}:{one.province_code}:{one.period}:{stage}"
            kind = "reminder.before" if stage == "before" else "reminder.overdue"
            yield from _letters(key, kind, facts, channels.recipients(one.province_code))


def stage_of(one: Owed, today: dt.date) -> str:
    """`before`, `overdue-1`, `overdue-8` ..., "" when nobody need be reminded."""
    if one.received_on is not None:
        return ""
    days = (today - one.due_on).days
    if days <= 0:
        return "before" if days >= -DAYS_BEFORE else ""
    reached = [stage for stage in OVERDUE_DAYS if days >= stage]
    # What fell due long before letters were sent is for a person, not for a flood of letters.
    return f"overdue-{reached[-1]}" if days <= OVERDUE_DAYS[-1] + DAYS_BEFORE else ""


def _letters(
    key: str, kind: str, facts: Mapping[str, str], recipients: Iterable[tuple[str, str]]
) -> Iterator[Letter]:
    subject, body = _text(f"{kind}.subject"), _text(f"{kind}.body")
    for channel, recipient in recipients:
        yield Letter(
            key,
            channel,
            recipient,
            " ".join(subject["vi"].format_map(facts).split()),
            f"{body['vi'].format_map(facts)}\n-- \n{body['en'].format_map(facts)}",
        )


def _text(key: str) -> Mapping[str, str]:
    return _templates()[key]


@cache
def _templates() -> Mapping[str, Mapping[str, str]]:
    import yaml  # noqa: PLC0415

    templates: dict[str, Any] = yaml.safe_load(TEMPLATES.read_text("utf-8"))
    return templates
