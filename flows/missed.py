"""What happened while the schedule was down: nights that died, nights that were due.

A killed night stays *Running* in Prefect for ever and holds the one place that nights have, and
applying a deployment anew deletes its late runs. So whoever starts the schedule looks back first.
"""

import datetime as dt
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.states import Crashed

from flows.night import NightBusy, night_lock
from warehouse.migrations import utc_now
from warehouse.places import working_file

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
HOUR = 1
ALIVE = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
# A night of a day to come was run while the clock was wrong.
BEGUN = "SELECT max(started_at) FROM night WHERE started_at <= ?"

logger = logging.getLogger("baophu.schedule")


def look_back(home: Path, deployment_id: UUID) -> tuple[int, dt.datetime | None]:
    """Mark dead nights of a home as crashed and ask for a missed one.

    Returns how many had died, and when (UTC) the missed night had been due, if one was.
    Does nothing while a night is at work in the home.
    """
    try:
        with night_lock(home):
            missed = missed_night(home, utc_now())
            with get_client(sync_client=True) as client:
                dead = bury(client, deployment_id)
                if missed:
                    _ask(client, deployment_id, missed)
    except NightBusy:
        return 0, None
    return len(dead), missed


def last_due(now: dt.datetime) -> dt.datetime:
    """The last moment (UTC, without zone) before `now` at which a night was due."""
    local = now.replace(tzinfo=dt.UTC).astimezone(VIETNAM)
    due = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if due > local:
        due -= dt.timedelta(days=1)
    return due.astimezone(dt.UTC).replace(tzinfo=None)


def missed_night(home: Path, now: dt.datetime) -> dt.datetime | None:
    """When a night was due since which none began; None where none was ever run.

    The night lock must be held.
    """
    from warehouse.database import open_working  # noqa: PLC0415

    if not working_file(home).exists():
        return None
    with open_working(home) as connection:
        [(begun,)] = connection.execute(BEGUN, [now]).fetchall()
    due = last_due(now)
    return due if begun is not None and begun < due else None


def bury(client: SyncPrefectClient, deployment_id: UUID) -> Sequence[UUID]:
    """Mark the runs of a deployment that nobody runs any more as crashed."""
    runs = client.read_flow_runs(
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[deployment_id])),
        flow_run_filter=FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=ALIVE))
        ),
    )
    for run in runs:
        state: Any = Crashed(message="Its process is gone; the next night does what it left.")
        client.set_flow_run_state(run.id, state, force=True)
        logger.warning("the night %s had died", run.name)
    return [run.id for run in runs]


def _ask(client: SyncPrefectClient, deployment_id: UUID, due: dt.datetime) -> None:
    """Ask for the missed night now, once for each due moment."""
    client.create_flow_run_from_deployment(
        deployment_id, idempotency_key=f"missed-{due.isoformat()}", tags=["missed"]
    )
    logger.warning("the night due at %s UTC was missed; it runs now", due)
