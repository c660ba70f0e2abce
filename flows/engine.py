"""The engine of a night under Prefect: every step a task, batches where the runner puts them."""

import logging
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar, cast

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture

from flows.runner import READERS, Runner, count_places, is_cluster, make_threads

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

logger = logging.getLogger("baophu.night")


class Parcel:
    """A value that Prefect passes on without looking into it (it walks through dataclasses)."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value


class PrefectEngine:
    """Runs every step as a Prefect task, parcels where the flow's task runner puts them.

    A cluster that is lost costs nothing but time: what it did not answer is done here. `places`
    is how many parcels are worked on at once.
    """

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._stack = ExitStack()
        self.places = count_places(runner)
        if not self.places:
            self._stay_here()

    @property
    def is_spread(self) -> bool:
        """Whether other machines take parcels."""
        return is_cluster(self._runner)

    def __enter__(self) -> "PrefectEngine":
        return self

    def __exit__(self, *ended: object) -> None:
        self._stack.close()

    def call(self, step: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run one step as a task in this process and return its result."""
        run = _as_task(step)
        parcels = [Parcel(argument) for argument in args]
        return cast(R, run(parcels, Parcel(kwargs)).value)

    def each(self, step: Callable[[T], R], parcels: Sequence[T], /) -> Iterator[R | Exception]:
        """Run a step over parcels, in their order, a few ahead of the one that is used."""
        run = _as_task(step)
        waiting = deque(parcels)
        running: deque[_Sent] = deque()
        while waiting or running:
            # One parcel a place and one that is being used: all busy, little held in memory.
            while waiting and len(running) <= self.places:
                running.append(self._send(run, Parcel(waiting.popleft())))
            outcome = self._outcome(run, running.popleft())
            yield outcome if isinstance(outcome, Exception) else outcome.value

    def _send(self, run: Any, parcel: Parcel) -> "_Sent":
        runner = self._runner
        try:
            future = runner.submit(run, {"args": [parcel], "kwargs": Parcel({})})
        except Exception as error:  # whatever the cluster's client raises
            self._lose(runner, error)
            return self._send(run, parcel)
        return _Sent(parcel, runner, future)

    def _outcome(self, run: Any, sent: "_Sent") -> Parcel | Exception:
        """What a task gave or raised, from here when the cluster does not say it."""
        try:
            return cast(Parcel | Exception, sent.future.result(raise_on_failure=False))
        except Exception as error:  # a task's own exception is a result; this is the cluster's
            self._lose(sent.runner, error)
            return self._outcome(run, self._send(run, sent.parcel))

    def _lose(self, runner: Runner, error: Exception) -> None:
        """Go on here without the cluster; where there was none, the error is ours."""
        if not is_cluster(runner):
            raise error
        if self._runner is runner:
            said = f"{type(error).__name__}: {error}"
            logger.warning("the cluster is lost (%s); the night goes on here", said)
            self._stay_here()

    def _stay_here(self) -> None:
        self.places = READERS
        self._runner = self._stack.enter_context(make_threads())


@dataclass(frozen=True, slots=True)
class _Sent:
    """A parcel on its way: the runner that took it, and what it promised."""

    parcel: Parcel
    runner: Runner
    future: PrefectFuture[Any]


def is_machine_fault(_task: Any, _run: Any, state: State[Any]) -> bool:
    """Whether trying again may help: a fault of disk, memory or a child process.

    What is wrong in a workbook is a result and never gets here.
    """
    fault = state.result(raise_on_failure=False)
    return isinstance(fault, OSError | MemoryError | EOFError)


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
