"""Prefect's settings for a home: everything local, quiet and private."""

import os
from pathlib import Path

STARTUP_SECONDS = 300
"""Prefect gives its own server 20 s to start; on a busy machine the first start, which
makes the database, was seen to need more."""


def settle_prefect(home: Path, *, console_level: str = "CRITICAL") -> None:
    """Set Prefect's environment before its first import; what the operator set wins.

    Runs are logged to Prefect's own database whatever `console_level` shows of them.

    With PREFECT_API_URL set, that server is used; without it a temporary one is started.
    """
    settings = {
        "PREFECT_HOME": str(home / ".prefect"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(STARTUP_SECONDS),
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": console_level,
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
        "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
    }
    for name, value in settings.items():
        os.environ.setdefault(name, value)
    if not os.environ.get("PREFECT_API_URL"):
        os.environ.pop("PREFECT_API_URL", None)  # an empty one breaks Prefect's events
    Path(os.environ["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)
