"""The night as a Prefect flow: few tasks, honest final states, artifacts for people."""

import os
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast
from zoneinfo import ZoneInfo

from prefect import flow, runtime, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture
from prefect.states import Completed, Failed
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.artifacts import publish_artifacts
from flows.ingest import run_night
from flows.letters.posting import tell_of_night
from flows.night import NightReport

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
READERS = os.cpu_count() or 1
BATCHES_AHEAD = READERS + 1
"""One batch a reader and one that is being loaded: all busy, little held in memory."""

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


class Parcel:
    """A value that Prefect passes on without looking into it (it walks through dataclasses)."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value


def is_machine_fault(_task: Any, _run: Any, state: State[Any]) -> bool:
    """Whether trying again may help: a fault of disk, memory or a child process.

    What is wrong in a workbook is a result and never gets here.
    """
    fault = state.result(raise_on_failure=False)
    return isinstance(fault, OSError | MemoryError | EOFError)


def run_name() -> str:
    """The night's name: the date in Vietnam for which it was scheduled."""
    scheduled = runtime.flow_run.get_scheduled_start_time()
    return f"night-{scheduled.astimezone(VIETNAM):%Y-%m-%d}"


class PrefectEngine:
    """Runs every step as a Prefect task, parcels on threads of the flow's task runner."""

    def call(self, step: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run one step as a task and return its result."""
        run = _as_task(step)
        parcels = [Parcel(argument) for argument in args]
        return cast(R, run(parcels, Parcel(kwargs)).value)

    def each(self, step: Callable[[T], R], parcels: Sequence[T], /) -> Iterator[R | Exception]:
        """Run a step over parcels on threads, a few ahead of the one that is used."""
        run = _as_task(step)
        waiting = deque(parcels)
        running: deque[PrefectFuture[Parcel]] = deque()
        while waiting or running:
            while waiting and len(running) < BATCHES_AHEAD:
                running.append(run.submit([Parcel(waiting.popleft())], Parcel({})))
            outcome = running.popleft().result(raise_on_failure=False)
            yield outcome if isinstance(outcome, Exception) else outcome.value


def _as_task(step: Callable[..., Any]) -> Any:
    """A step as a task that keeps nothing, caches nothing and retries faults of the machine."""

    def run(args: list[Parcel], kwargs: Parcel) -> Parcel:
        return Parcel(step(*(argument.value for argument in args), **kwargs.value))

    return task(
        name=step.__name__.replace("_", " "),
        task_run_name=step.__name__,
        cache_policy=NO_CACHE,
        persist_result=False,
        retries=2,
        retry_delay_seconds=[1, 5],
        retry_jitter_factor=0.5,
        retry_condition_fn=is_machine_fault,
    )(run)


@flow(
    name="baophu nightly",
    flow_run_name=run_name,
    task_runner=cast("TaskRunner[PrefectFuture[Any]]", ThreadPoolTaskRunner(max_workers=READERS)),
    persist_result=False,
    validate_parameters=False,
)
def nightly(home: str, inbox: str = "") -> State[NightReport]:
    """One night over a home's inbox; `inbox` "" is the home's own `raw/inbox`."""
    folder = Path(inbox) if inbox else Path(home) / "raw" / "inbox"
    report = run_night(Path(home), folder, PrefectEngine())
    publish_artifacts(report)
    tell_of_night(Path(home), report)
    if report.state == "Incomplete":
        return Failed(name=report.state, message=report.reason, data=report)
    return Completed(name=report.state, message=report.reason, data=report)


def run_embedded(home: Path, inbox: Path) -> NightReport:
    """Run one night as a flow in this process; raises what ended it, if anything did."""
    state = nightly(str(home), str(inbox), return_state=True)
    report = state.result(raise_on_failure=False)
    if isinstance(report, BaseException):
        traceback.clear_frames(report.__traceback__)  # they hold the warehouse's connections
        raise report
    return cast(NightReport, report)
