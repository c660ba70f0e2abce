"""The schedule: one night a day at 01:00 in Vietnam, one at a time, through Prefect."""

from pathlib import Path
from typing import cast
from uuid import UUID

from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.nightly import nightly

CRON = "0 1 * * *"
TIMEZONE = "Asia/Ho_Chi_Minh"
DEPLOYMENT = "every-night"


def make_deployment(home: Path) -> RunnerDeployment:
    """The deployment of the night over one home.

    By module path: with a file path Prefect puts flows/ first on sys.path and loads a
    second copy of the package. A night that is due while another runs waits for its end.
    """
    return RunnerDeployment.from_flow(
        nightly,
        name=DEPLOYMENT,
        schedule=Cron(CRON, timezone=TIMEZONE),
        parameters={"home": str(home)},
        concurrency_limit=ConcurrencyLimitConfig(
            limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE
        ),
        entrypoint_type=EntrypointType.MODULE_PATH,
        description="Land, read, judge and publish what the provinces sent.",
    )


def serve_nights(home: Path) -> None:
    """Wait for the schedule and run its nights in this process, until it is stopped.

    The schedule stays when this process stops; after the next start a night that died is
    marked as crashed, and one that was missed runs at once.
    """
    from prefect import serve  # noqa: PLC0415

    from flows.missed import look_back  # noqa: PLC0415
    from flows.watching import watch_nights  # noqa: PLC0415

    deployment = make_deployment(home)
    deployment_id = cast(UUID, deployment.apply())  # a coroutine only inside a running loop
    watch_nights()
    look_back(home, deployment_id)
    serve(deployment, limit=1, pause_on_shutdown=False)


if __name__ == "__main__":
    serve_nights(Path.cwd())
