"""`baophu remind`: send the reminders and reports that wait."""

from typing import Annotated

import typer

from flows.commands.console import HomeOption, fail, say


def remind(
    home: HomeOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say whom, send nothing.")] = False,
) -> None:
    """Remind provinces of reports that are due or overdue, and send what waits.

    Where letters go is set by BAOPHU_SMTP_URL, BAOPHU_MAIL_TO, BAOPHU_WEBHOOK_URL and
    BAOPHU_CONTACTS. Each reminder is sent once; a night sends them too.

    Example: baophu remind --dry-run
    """
    from flows.home import find_home
    from flows.letters.channels import find_channels
    from flows.letters.posting import due_reminders, post

    folder = find_home(home)
    channels = find_channels()
    if not channels.recipients():
        fail("No channel is set: BAOPHU_SMTP_URL with BAOPHU_MAIL_TO, or BAOPHU_WEBHOOK_URL.")
    letters = due_reminders(folder, channels)
    if dry_run:
        for one in letters:
            say(f"{one.channel} {one.recipient}: {one.subject}")
        return
    sent, faults = post(folder, letters, channels)
    say(f"{sent} letters sent, {len(faults)} not.")
    if faults:
        fail("; ".join(faults))
