"""The last night in one small file beside the warehouse: for metrics, and for whoever is woken.

It is there for nights that had nothing to publish and for nights that failed, too.
"""

import datetime as dt
import json
import logging
from pathlib import Path
from typing import Any

from flows.durable import write_text
from flows.exact_json import dumps
from flows.ledger import name_night
from flows.night import NightReport
from warehouse.migrations import utc_now
from warehouse.places import warehouse_folder

STATUSES = ("accepted", "quarantined", "rejected", "superseded")
OUTCOMES = ("landed", "known", "waiting", "failed")
SHOWN = ("night_id", "started_at", "finished_at", "state", "reason", "content_hash")
COUNTED = ("lapsed", "unmatched", "expired")

logger = logging.getLogger("baophu.night")


def last_night_file(home: Path) -> Path:
    """Where the last night is written down."""
    return warehouse_folder(home) / "last-night.json"


def keep_last_night(home: Path, report: NightReport) -> None:
    """Write down a night that came to its end."""
    files = [one.outcome for one in report.inbox]
    _keep(
        home,
        {name: getattr(report, name) for name in SHOWN}
        | {
            "seconds": {name: round(seconds, 3) for name, seconds in report.seconds},
            "files": {outcome: files.count(outcome) for outcome in OUTCOMES},
            "submissions": {status: report.count(status) for status in STATUSES},
            "decisions": {word: getattr(report, word) for word in COUNTED},
            "interrupted": report.interrupted,
        },
    )


def keep_failed_night(home: Path, started_at: dt.datetime, error: BaseException) -> None:
    """Write down a night that an error ended."""
    _keep(
        home,
        {
            "night_id": name_night(started_at),
            "started_at": started_at,
            "finished_at": utc_now(),
            "state": "Failed",
            "reason": f"{type(error).__name__}: {error}",
        },
    )


def read_last_night(home: Path) -> dict[str, Any] | None:
    """The last night as it was written down; None before the first."""
    path = last_night_file(home)
    if not path.exists():
        return None
    facts: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return facts


def _keep(home: Path, facts: dict[str, Any]) -> None:
    """A disk that does not take even this must not hide what ended the night."""
    try:
        write_text(last_night_file(home), dumps(facts, indent=1) + "\n")
    except OSError as error:
        logger.error("the last night could not be written down: %s", error)
