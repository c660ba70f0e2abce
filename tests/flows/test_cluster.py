"""A night on many machines: Prefect's workers over PostgreSQL, reading and judging on Dask.

Machines are frozen while something is in their hands and then switched off, so that each goes in
the middle of its work, whatever the speed of this machine. With `make lake` done, the cluster's
nights also write to a DuckLake in the same PostgreSQL, and what is read from there is the same.
"""

import datetime as dt
import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import Client
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
from prefect.client.schemas.objects import FlowRun

from flows.closing import published_hash
from flows.home import ROOT
from flows.lake import ask_lake, is_wanted
from flows.server import run_server
from flows.settings import STARTUP_SECONDS
from flows.watching import watch_nights
from tests.flows.drawing import draw_reports
from tests.flows.machines import Machine, Site, site, until
from tests.flows.test_nightly_flow import free_port
from tests.postgres import Postgres
from warehouse.doctor import examine
from warehouse.places import current_link

pytestmark = [
    pytest.mark.server,
    pytest.mark.postgres,
    pytest.mark.xdist_group("server"),
]
WORKBOOKS, MORE = 200, 12
NO_PAGES = ("--no-dashboard", "--dashboard-address", "127.0.0.1:0")
SILENCE = dt.timedelta(seconds=45)
"""Heartbeats come every 30 seconds, not more often."""


@pytest.fixture
def server(
    tmp_path: Path, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SyncPrefectClient]:
    """A Prefect server that keeps everything in PostgreSQL, and a client of it."""
    settings = {
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": postgres.url(
            postgres.new_database(), "postgresql+asyncpg"
        ),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED": "false",
        "PREFECT_LOGGING_SERVER_LEVEL": "CRITICAL",  # PostgreSQL may stop before it does
        "PREFECT_WORKER_QUERY_SECONDS": "1",
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
        "DO_NOT_TRACK": "1",
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    with run_server(free_port(), STARTUP_SECONDS) as api:
        monkeypatch.setenv("PREFECT_API_URL", api)
        with get_client(sync_client=True) as client:
            yield client


@pytest.fixture
def lake(postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new lake with its catalog in PostgreSQL, where there is what works on one."""
    if (ROOT / ".venv-lake").exists():
        catalog = postgres.options(postgres.new_database())
        monkeypatch.setenv("BAOPHU_LAKE", f"postgres:{catalog}")
        monkeypatch.setenv("BAOPHU_LAKE_DATA", str(tmp_path / "rows"))


def start_scheduler(machines: Site, address: str) -> Machine:
    where = ("--host", "127.0.0.1", "--port", address.rpartition(":")[2])
    return machines.start("scheduler", "dask", "scheduler", *where, *NO_PAGES)


def start_reader(machines: Site, name: str, address: str) -> Machine:
    options = ("--host", "127.0.0.1", "--nthreads", "1", "--name", name, "--no-nanny", *NO_PAGES)
    folder = ("--local-directory", machines.folder / name)
    return machines.start(name, "dask", "worker", address, *options, *folder)


def start_worker(machines: Site, name: str) -> Machine:
    options = ("--pool", "baophu", "--type", "process", "--name", name)
    return machines.start(name, "prefect", "worker", "start", *options)


def fill(home: Path, reports: Path) -> None:
    inbox = home / "raw" / "inbox" / "bo-y-te"
    shutil.copytree(reports, inbox, dirs_exist_ok=True)
    for path in inbox.iterdir():
        os.utime(path, (1_700_000_000, 1_700_000_000))


def in_hands(client: Client, name: str) -> bool:
    """Whether a reader of the cluster has something to work on."""
    workers = client.scheduler_info(n_workers=-1)["workers"]
    addresses = [address for address, facts in workers.items() if facts["id"] == name]
    return any(client.processing().get(address) for address in addresses)


def loaded(client: SyncPrefectClient, run: FlowRun) -> int:
    """How many batches of a night are stored."""
    tasks = client.read_task_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[run.id])))
    return sum(one.name == "load" and one.state_name == "Completed" for one in tasks)


def has_night(machine: Machine, run: FlowRun) -> bool:
    """Whether a worker has started the process of a run."""
    return any(str(run.id).encode() in environment_of(pid) for pid in machine.family()[1:])


def environment_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return b""


@pytest.fixture
def reports(tmp_path: Path) -> tuple[Path, Path]:
    """What arrives for the nights on which machines go, and for the one after."""
    first, more = tmp_path / "reports", tmp_path / "more"
    draw_reports(first, range(WORKBOOKS))
    draw_reports(more, range(WORKBOOKS, WORKBOOKS + MORE))
    return first, more


def test_machines_go_in_the_middle_of_nights_and_the_content_is_that_of_one_machine(
    tmp_path: Path, server: SyncPrefectClient, lake: None, reports: tuple[Path, Path]
) -> None:
    home, alone = tmp_path / "home", tmp_path / "alone"
    fill(home, reports[0])
    address = f"tcp://127.0.0.1:{free_port()}"
    quick = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "5s"}
    with site(tmp_path, os.environ | quick | {"BAOPHU_RUNNER": f"dask:{address}"}) as machines:
        machines.run("prefect", "work-pool", "create", "baophu", "--type", "process")
        machines.run("prefect", "--no-prompt", "deploy", "--all", "--param", f"home={home}")
        watch_nights(SILENCE)
        lose_machines(machines, server, address)
        lonely = {"BAOPHU_RUNNER": "threads", "BAOPHU_LAKE": ""}
        fill(alone, reports[0])
        told = json.loads(machines.run("baophu", "nightly", "--home", alone, "--json", **lonely))
        assert told["state"] == "NeedsReview"
        assert contents(home) == {told["content_hash"]}
        # And a night on a whole cluster, whose reports are compared with those accepted before.
        start_scheduler(machines, address)
        three = start_reader(machines, "three", address)
        for place in (home, alone):
            fill(place, reports[1])
        assert end_of(server, start_night(server)) == "NeedsReview"
        told = json.loads(machines.run("baophu", "nightly", "--home", alone, "--json", **lonely))
    assert contents(home) == {told["content_hash"]}
    assert {"Task run 'read_batch'", "Task run 'judge_bundle'"} <= tasks_in(three.log)
    assert examine(home) == []


def contents(home: Path) -> set[str]:
    """The content's hash as analysts of the home read it, and those of its lake."""
    published = published_hash(current_link(home))
    return {published, ask_lake("hash")} if is_wanted() else {published}


def lose_machines(machines: Site, server: SyncPrefectClient, address: str) -> None:
    """Nights during which a reader goes, the worker that has the night, the cluster's head."""
    scheduler = start_scheduler(machines, address)
    one, two = (start_reader(machines, name, address) for name in ("one", "two"))
    workers = [start_worker(machines, name) for name in ("first", "second")]
    with Client(address, set_as_default=False, timeout=STARTUP_SECONDS) as cluster:
        cluster.wait_for_workers(2)
        one.freeze()
        two.freeze()
        night = start_night(server)
        # One reader goes while it reads: the other is given what it had in hands.
        until(lambda: in_hands(cluster, "one") and in_hands(cluster, "two"))
        one.switch_off()
        two.thaw()
        until(lambda: loaded(server, night))
        two.freeze()
        # The worker that has the night goes, with some batches stored and others not.
        [at_work] = [worker for worker in workers if has_night(worker, night)]
        at_work.switch_off()
        assert end_of(server, night) == "Crashed"
        # The other worker takes the next night; then the cluster's head goes.
        after = start_night(server)
        until(lambda: in_hands(cluster, "two"))
        scheduler.switch_off()
    assert end_of(server, after) == "NeedsReview"


def start_night(server: SyncPrefectClient) -> FlowRun:
    deployment = server.read_deployment_by_name("baophu nightly/every-night")
    return server.create_flow_run_from_deployment(deployment.id)


def end_of(server: SyncPrefectClient, run: FlowRun) -> str:
    """The name of the state in which a run ends."""

    def ended() -> str:
        state = server.read_flow_run(run.id).state
        return state.name if state is not None and state.is_final() else ""

    return until(ended)


def tasks_in(log: Path) -> set[str]:
    """The tasks that a reader of the cluster says it finished."""
    return set(re.findall(r"Task run '\w+'", log.read_text()))
