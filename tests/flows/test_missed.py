"""Looking back when the schedule starts: nights that died, nights that were due."""

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from test_nightly_flow import free_port

from flows.ingest import run_night
from flows.missed import last_due, missed_night
from flows.server import run_server
from flows.settings import STARTUP_SECONDS
from warehouse.migrations import utc_now

DropReport = Callable[..., Path]


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-22T18:00", "2026-11-22T18:00"),
        ("2026-11-22T17:59", "2026-11-21T18:00"),
        ("2026-11-23T03:00", "2026-11-22T18:00"),
        ("2027-01-01T00:30", "2026-12-31T18:00"),
    ],
)
def test_a_night_is_due_at_one_in_the_morning_in_vietnam(now: str, due: str) -> None:
    assert last_due(dt.datetime.fromisoformat(now)) == dt.datetime.fromisoformat(due)


def test_a_night_is_missed_when_none_began_since_it_was_due(
    home: Path, drop_report: DropReport
) -> None:
    assert missed_night(home, utc_now()) is None, "a home without nights missed none"
    drop_report("2018.xlsx", 2018)
    began = run_night(home, home / "raw" / "inbox").started_at
    assert missed_night(home, began + dt.timedelta(minutes=1)) is None
    due = last_due(began + dt.timedelta(days=3))
    assert missed_night(home, began + dt.timedelta(days=3)) == due


AFTER_A_CRASH = """
import sys
from pathlib import Path
from prefect.client.orchestration import get_client
from prefect.states import Running
from flows.deploy import make_deployment
from flows.missed import bury, look_back
import flows.missed
home = Path(sys.argv[1])
deployment_id = make_deployment(home).apply()
with get_client(sync_client=True) as client:
    run = client.create_flow_run_from_deployment(deployment_id)
    client.set_flow_run_state(run.id, Running(), force=True)
    dead, missed = look_back(home, deployment_id)
    again, _ = look_back(home, deployment_id)
    name = client.read_flow_run(run.id).state.name
    tagged = [one for one in client.read_flow_runs() if "missed" in one.tags]
    print(dead, again, name, missed is not None, len(tagged))
"""
LONG_AGO = "UPDATE night SET started_at = started_at - INTERVAL 3 DAY"


@pytest.mark.server
@pytest.mark.xdist_group("server")
def test_a_dead_night_gives_its_place_back_and_a_missed_one_runs_once(
    home: Path, drop_report: DropReport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from warehouse.database import open_working  # noqa: PLC0415

    drop_report("2018.xlsx", 2018)
    run_night(home, home / "raw" / "inbox")
    with open_working(home) as connection:
        connection.execute(LONG_AGO).fetchall()
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "prefect"))
    monkeypatch.setenv("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    with run_server(free_port(), STARTUP_SECONDS) as api:
        monkeypatch.setenv("PREFECT_API_URL", api)
        command = [sys.executable, "-c", AFTER_A_CRASH, str(home)]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert said.split()[-5:] == ["1", "0", "Crashed", "True", "1"]
