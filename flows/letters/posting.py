"""Posting: write what is to be told into the outbox and send what waits there."""

import logging
from collections.abc import Sequence
from pathlib import Path

from flows.letters.channels import Channels, find_channels
from flows.letters.composing import night_letters, reminders
from flows.letters.outbox import Letter, send, write
from flows.night import NightReport

logger = logging.getLogger("baophu.letters")


def tell_of_night(home: Path, report: NightReport) -> None:
    """Send the night's report and the reminders; a letter that fails never fails the night."""
    try:
        channels = find_channels()
        if channels.recipients():
            post(home, [*night_letters(report, channels), *due_reminders(home, channels)], channels)
    except OSError as error:
        logger.error("letters: %s", error)


def due_reminders(home: Path, channels: Channels) -> list[Letter]:
    """The reminders of this day (in Vietnam) by what the current publication holds."""
    from expectations.owing import owing  # noqa: PLC0415
    from warehouse.database import NoPublication, open_published  # noqa: PLC0415
    from warehouse.decision import today_in_vietnam  # noqa: PLC0415
    from warehouse.places import current_link  # noqa: PLC0415

    today = today_in_vietnam()
    try:
        with open_published(current_link(home)) as connection:
            owed = owing(connection, today)
    except NoPublication:
        return []
    return list(reminders(owed, today, channels))


def post(home: Path, letters: Sequence[Letter], channels: Channels) -> tuple[int, list[str]]:
    """Write letters and send all that wait; returns how many went out and why others did not."""
    write(home, letters)
    sent, faults = send(home, channels.deliver)
    for fault in faults:
        logger.warning("not sent, tried again next time: %s", fault)
    return sent, faults
