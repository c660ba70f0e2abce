"""Where a night's batches are read and judged: threads of this machine, or a Dask cluster.

BAOPHU_RUNNER=threads                      (default)
BAOPHU_RUNNER=dask:tcp://10.0.0.5:8786     the scheduler of a Dask cluster (docs/operations.md)
"""

import logging
import os
from collections.abc import Mapping
from concurrent.futures import CancelledError
from typing import Any, cast

from prefect.futures import PrefectFuture
from prefect.settings import get_current_settings
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

Runner = TaskRunner[PrefectFuture[Any]]
READERS = os.cpu_count() or 1
DASK = "dask:"
PATIENCE = 60
"""Seconds that a cluster may take to show a first worker; then the night goes on without it."""

logger = logging.getLogger("baophu.night")


class UnknownRunner(ValueError):
    """BAOPHU_RUNNER says something that is no runner, or one that cannot be used here."""


def find_runner(environment: Mapping[str, str] = os.environ) -> Runner:
    """The task runner that the environment names. Raises UnknownRunner.

    Nothing is connected yet: a cluster is looked for when the first batch is read.
    """
    said = environment.get("BAOPHU_RUNNER") or "threads"
    if said == "threads":
        return make_threads()
    if not said.startswith(DASK):
        raise UnknownRunner(f"BAOPHU_RUNNER={said}: say threads, or dask:tcp://HOST:PORT.")
    return _make_dask(said.removeprefix(DASK))


def make_threads() -> Runner:
    """The runner of one machine: a thread a core, each with a child process that reads."""
    return cast(Runner, ThreadPoolTaskRunner(max_workers=READERS))


def _make_dask(address: str) -> Runner:
    try:
        from prefect_dask.task_runners import DaskTaskRunner  # noqa: PLC0415, an extra that few need
    except ImportError as error:
        raise UnknownRunner("BAOPHU_RUNNER=dask needs the packages of baophu[cluster].") from error
    return cast(Runner, DaskTaskRunner(address=address))


def is_cluster(runner: Runner) -> bool:
    """Whether a runner spreads its tasks over other machines."""
    return not isinstance(runner, ThreadPoolTaskRunner)


def count_places(runner: Runner) -> int:
    """How many tasks a runner can run at once; 0 when its cluster cannot be used.

    Raises UnknownRunner for a cluster without a Prefect server: each of its workers would start
    one of its own to tell of its tasks.
    """
    if not is_cluster(runner):
        return READERS
    if not get_current_settings().api.url:
        raise UnknownRunner("BAOPHU_RUNNER=dask needs a Prefect server: set PREFECT_API_URL.")
    try:
        client = cast(Any, runner).client
        client.wait_for_workers(1, timeout=PATIENCE)
        return sum(client.nthreads().values())
    except (OSError, CancelledError) as error:  # asyncio's TimeoutError is an OSError
        logger.warning("no cluster (%s: %s); the night stays here", type(error).__name__, error)
        return 0
