"""Logs for machines: one JSON object a line on stderr, when BAOPHU_LOG=json says so.

Each object has `at` (UTC), `level` and `logger`; an event of a night also `event` (`step`,
`landed`, `read`, `table`, `judged`) with the ids of night, submission and table. Anything else
that is logged under `baophu` has a `message`.
"""

import datetime as dt
import json
import logging
import os
import sys
import traceback

ROOT = "baophu"
_events = logging.getLogger("baophu.events")


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The moment, the level, the logger, then what the record says."""
        moment = dt.datetime.fromtimestamp(record.created, dt.UTC)
        line: dict[str, object] = {
            "at": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        line |= getattr(record, "facts", None) or {"message": record.getMessage()}
        if record.exc_info:
            line["exception"] = "".join(traceback.format_exception(*record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def settle_logs() -> None:
    """Log as the environment says; a second call changes nothing."""
    logger = logging.getLogger(ROOT)
    if os.environ.get("BAOPHU_LOG") != "json" or any(map(_is_ours, logger.handlers)):
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False


def tell(event: str, **facts: object) -> None:
    """Log one event of a night with its facts."""
    if _events.isEnabledFor(logging.INFO):
        said = " ".join(str(value) for value in facts.values())
        _events.info("%s %s", event, said, extra={"facts": {"event": event, **facts}})


def _is_ours(handler: logging.Handler) -> bool:
    return isinstance(handler.formatter, JsonLines)
