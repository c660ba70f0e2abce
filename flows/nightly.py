"""The night as a Prefect flow: few tasks, honest final states, artifacts for people."""

import traceback
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from prefect import flow, runtime
from prefect.client.schemas.objects import State
from prefect.context import FlowRunContext
from prefect.states import Completed, Failed

from flows.artifacts import publish_artifacts
from flows.engine import PrefectEngine
from flows.ingest import run_night
from flows.letters.posting import tell_of_night
from flows.lineage import emit_lineage
from flows.logs import settle_logs
from flows.night import NightReport
from flows.runner import Runner, find_runner

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def run_name() -> str:
    """The night's name: the date in Vietnam for which it was scheduled."""
    scheduled = runtime.flow_run.get_scheduled_start_time()
    return f"night-{scheduled.astimezone(VIETNAM):%Y-%m-%d}"


@flow(
    name="baophu nightly",
    flow_run_name=run_name,
    task_runner=find_runner(),
    persist_result=False,
    validate_parameters=False,
)
def nightly(home: str, inbox: str = "") -> State[NightReport]:
    """One night over a home's inbox; `inbox` "" is the home's own `raw/inbox`."""
    settle_logs()
    folder = Path(inbox) if inbox else Path(home) / "raw" / "inbox"
    with PrefectEngine(_started_runner()) as engine:
        report = run_night(Path(home), folder, engine)
    publish_artifacts(report)
    tell_of_night(Path(home), report)
    emit_lineage(Path(home), report)
    if report.state == "Incomplete":
        return Failed(name=report.state, message=report.reason, data=report)
    return Completed(name=report.state, message=report.reason, data=report)


def _started_runner() -> Runner:
    """The task runner of the flow that is running: Prefect starts a copy of the declared one."""
    context = FlowRunContext.get()
    if context is None:  # never: a flow's function runs inside its context
        raise RuntimeError("outside of a flow's run")
    return context.task_runner


def run_embedded(home: Path, inbox: Path) -> NightReport:
    """Run one night as a flow in this process; raises what ended it, if anything did."""
    state = nightly(str(home), str(inbox), return_state=True)
    report = state.result(raise_on_failure=False)
    if isinstance(report, BaseException):
        traceback.clear_frames(report.__traceback__)  # they hold the warehouse's connections
        raise report
    return cast(NightReport, report)
