"""Watching nights from Prefect's server: one whose process is gone is marked as crashed.

A killed process tells nobody. A night says every 30 seconds that it lives (its heartbeat, see
`flows.settings`), and an automation of the server marks a night that fell silent.

    python -m flows.watching

does once what `baophu serve` does when it starts, for a server with workers.
"""

import datetime as dt

from prefect.automations import AutomationCore, EventTrigger
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import Posture

NAME = "baophu: a night fell silent"
HEARTBEAT = "prefect.flow-run.heartbeat"
ENDS = ("Completed", "Failed", "Cancelled", "Crashed", "NeedsReview", "Incomplete")
"""The event of a run's end is named after its state, and these are the night's own."""

SILENCE = dt.timedelta(seconds=90)
"""Three heartbeats: one may be late on a busy machine. Noticed well within two minutes."""


def watch_nights(silence: dt.timedelta = SILENCE) -> None:
    """Make or renew the automation on the server that PREFECT_API_URL names."""
    watch = AutomationCore(
        name=NAME,
        description="Its process was killed or its machine stopped; the next night heals it.",
        trigger=EventTrigger(
            after={HEARTBEAT},
            expect={HEARTBEAT, *(f"prefect.flow-run.{end}" for end in ENDS)},
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=silence,
        ),
        actions=[
            ChangeFlowRunState(
                name="Crashed",
                state=StateType.CRASHED,
                force=False,
                message="It fell silent: its process is gone. The next night does what it left.",
            )
        ],
    )
    with get_client(sync_client=True) as client:
        known = client.read_automations_by_name(NAME)
        for one in known:
            client.update_automation(one.id, watch)
        if not known:
            client.create_automation(watch)


if __name__ == "__main__":
    watch_nights()
