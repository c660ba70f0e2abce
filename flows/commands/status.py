"""`baophu status`: for whoever is woken: what failed, since when, what is safe, what to do."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import typer

from flows.commands.console import HomeOption, JsonOption, say

if TYPE_CHECKING:
    from pathlib import Path

VIETNAM = dt.timezone(dt.timedelta(hours=7))
MOST_HOURS = 26
"""A night every day, an hour for it, and one to spare."""

LAST_GOOD = """
SELECT max(finished_at) FROM main.night WHERE state IN ('Completed', 'NeedsReview')"""
LAST_BEGUN = "SELECT state FROM night ORDER BY rowid DESC LIMIT 1"
ADVICE = {
    "Completed": "Nothing.",
    "NeedsReview": "Nothing tonight: stewards decide in the morning.",
    "Incomplete": "Read the reason, mend it, then run `baophu nightly`; see docs/woken.md.",
    "Failed": "Read the reason, mend it, then run `baophu nightly`; see docs/woken.md.",
    "Interrupted": "It was killed: `baophu nightly` does what it left, and so will the next night.",
    "Running": "Wait: a night is at work.",
    "none": "No night was run here: `baophu nightly`, or start `baophu serve`.",
    "late": "No night ended for more than a day: is `baophu serve` running? Then `baophu nightly`.",
}


def status(home: HomeOption = None, as_json: JsonOption = False) -> None:
    """Say how the last night ended, since when something is wrong, and what to do.

    Exit code 0: the last night came to its end within the last day; 1: somebody must look.

    Example: baophu status --home /srv/baophu
    """
    from flows.exact_json import dumps
    from flows.home import find_home
    from flows.last_night import read_last_night
    from warehouse.migrations import utc_now

    folder = find_home(home)
    facts = describe(folder, read_last_night(folder), utc_now())
    if as_json:
        typer.echo(dumps(facts, indent=1))
    else:
        for name in ("what", "since", "safe", "do"):
            typer.echo(f"{name + ':':7}{facts[name]}")
    if not facts["well"]:
        say("Next: `baophu doctor` examines the home.")
        raise typer.Exit(1)


def describe(home: "Path", last: dict[str, Any] | None, now: dt.datetime) -> dict[str, Any]:
    """The four answers, and whether all is well; `now` is UTC without a zone."""
    good = _last_good(home)
    state = _begun(home) or (str(last["state"]) if last else "none")
    ended = dt.datetime.fromisoformat(last["finished_at"]) if last else None
    late = ended is not None and now - ended > dt.timedelta(hours=MOST_HOURS)
    well = state in {"Completed", "NeedsReview", "Running"} and not late
    told = last is not None and state == last["state"]
    since = ended if well or good is None else good
    return {
        "well": well,
        "state": state,
        "what": f"{state}: {last['reason']}" if last and told else state,
        "since": f"{'' if well else 'after '}{_moment(since)}" if since else "",
        "safe": _safe(home, good),
        "do": ADVICE["late" if late and state in {"Completed", "NeedsReview"} else state],
    }


def _begun(home: "Path") -> str:
    """Running or Interrupted when the last night that began has not ended, else ""."""
    from flows.night import is_at_work
    from warehouse.database import WarehouseBusy, open_examined
    from warehouse.places import working_file

    if is_at_work(home):
        return "Running"
    if not working_file(home).exists():
        return ""
    try:
        with open_examined(home) as connection:
            rows = connection.execute(LAST_BEGUN).fetchall()
    except WarehouseBusy:
        return ""  # somebody decides just now
    return "Interrupted" if rows == [("Running",)] else ""


def _last_good(home: "Path") -> dt.datetime | None:
    """When the last good night ended that the current publication knows of."""
    from warehouse.database import NoPublication, open_published
    from warehouse.places import current_link

    try:
        with open_published(current_link(home)) as connection:
            [(moment,)] = connection.execute(LAST_GOOD).fetchall()
    except NoPublication:
        return None
    return moment if isinstance(moment, dt.datetime) else None


def _safe(home: "Path", good: dt.datetime | None) -> str:
    from warehouse.places import current_link, landed_folder

    files = len(list(landed_folder(home).glob("*__*")))
    kept = f"{files} landed files"
    if not current_link(home).exists():
        return f"{kept}; nothing is published"
    name = current_link(home).resolve().name
    return f"{kept}; readers have {name}" + (f" (night of {_moment(good)})" if good else "")


def _moment(moment: dt.datetime) -> str:
    return f"{moment.replace(tzinfo=dt.UTC).astimezone(VIETNAM):%d/%m/%Y %H:%M}"
