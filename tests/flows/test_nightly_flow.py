"""The night as people run it: the command, Prefect's own server, the schedule."""

import datetime as dt
import hashlib
import itertools
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.server import run_server
from flows.settings import STARTUP_SECONDS

pytestmark = [pytest.mark.server, pytest.mark.xdist_group("server")]
DropReport = Callable[..., Path]


@pytest.fixture(scope="module")
def prefect_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for Prefect's database: made once, since making it takes ten seconds."""
    return tmp_path_factory.mktemp("prefect")


def baophu(home: Path, prefect_home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the script as an operator would, without any of this session's Prefect settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return subprocess.run(
        [Path(sys.executable).with_name("baophu"), *arguments],
        env=kept | {"BAOPHU_HOME": str(home), "PREFECT_HOME": str(prefect_home)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_night_ends_with_a_summary_and_leaves_its_artifacts(
    home: Path, prefect_home: Path, drop_report: DropReport
) -> None:
    drop_report("bac-giang/2018.xlsx", 2018)
    drop_report("bac-giang/2019.xlsx", 2019, total=384_400)
    night = baophu(home, prefect_home, "nightly")
    assert night.returncode == 0, night.stderr
    assert re.search(r"2018\.xlsx .*accepted +6 +0 +0", night.stdout)
    assert re.search(r"2019\.xlsx .*quarantined +6 +1 +0", night.stdout)
    assert "Night NeedsReview: 1 accepted, 1 quarantined." in night.stderr
    assert "Traceback" not in night.stderr
    with sqlite3.connect(prefect_home / "prefect.db") as prefect:
        runs = prefect.execute(
            "SELECT name, state_type, state_name FROM flow_run ORDER BY start_time DESC LIMIT 1"
        ).fetchall()
        keys = prefect.execute("SELECT DISTINCT key FROM artifact WHERE key IS NOT NULL")
        assert {key for (key,) in keys.fetchall()} == {
            "night-summary",
            "night-findings",
            "night-held",
        }
    [(name, state_type, state_name)] = runs
    assert re.fullmatch(r"night-\d{4}-\d{2}-\d{2}", name)
    assert (state_type, state_name) == ("COMPLETED", "NeedsReview")


def test_a_night_with_nothing_new_ends_well_and_says_so(home: Path, prefect_home: Path) -> None:
    night = baophu(home, prefect_home, "nightly", "--json")
    assert night.returncode == 0, night.stderr
    report = json.loads(night.stdout)
    assert (report["state"], report["reason"]) == ("Completed", "nothing new")


def test_a_night_that_cannot_take_a_file_fails(
    home: Path, prefect_home: Path, drop_report: DropReport
) -> None:
    folder = home / "raw" / "landed"
    folder.mkdir(parents=True)
    content = drop_report("2018.xlsx").read_bytes()
    taken = folder / f"{hashlib.sha256(content).hexdigest()[:16]}__2018.xlsx"
    taken.write_bytes(b"other bytes")
    night = baophu(home, prefect_home, "nightly")
    assert night.returncode == 1
    assert f"Night Incomplete: 2018.xlsx: other bytes stand at {taken.name}" in night.stderr
    assert "Traceback" not in night.stderr


def test_a_fault_of_the_machine_is_one_sentence(home: Path, prefect_home: Path) -> None:
    (home / "warehouse").mkdir()
    (home / "warehouse" / "work").write_text("a file where a folder belongs")
    night = baophu(home, prefect_home, "nightly")
    assert night.returncode == 1
    [sentence] = night.stderr.splitlines()
    assert str(home / "warehouse" / "work") in sentence


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


DEPLOY = """
import sys
from pathlib import Path
from flows.deploy import make_deployment
print(make_deployment(Path(sys.argv[1])).apply())
"""


def test_the_schedule_makes_runs_at_one_in_the_morning_in_vietnam(
    home: Path, prefect_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_HOME", str(prefect_home))
    monkeypatch.setenv("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    with run_server(free_port(), STARTUP_SECONDS) as api:
        monkeypatch.setenv("PREFECT_API_URL", api)
        arguments = [sys.executable, "-c", DEPLOY, str(home)]
        subprocess.run(arguments, check=True, capture_output=True, text=True)
        due = scheduled_runs(prefect_home)
    moments = sorted(dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC) for moment in due)
    assert {(moment.hour, moment.minute) for moment in moments} == {(18, 0)}
    assert all(b - a == dt.timedelta(days=1) for a, b in itertools.pairwise(moments))
    with sqlite3.connect(prefect_home / "prefect.db") as prefect:
        [(entrypoint, limit, options)] = prefect.execute(
            'SELECT d.entrypoint, g."limit", d.concurrency_options FROM deployment d '
            "JOIN concurrency_limit_v2 g ON g.id = d.concurrency_limit_id"
        ).fetchall()
    assert (entrypoint, limit) == ("flows.nightly.nightly", 1)
    assert json.loads(options)["collision_strategy"] == "ENQUEUE"


def scheduled_runs(prefect_home: Path) -> list[str]:
    """The moments for which the server's scheduler has made runs, waiting for its next turn."""
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline:
        with sqlite3.connect(prefect_home / "prefect.db") as prefect:
            rows = prefect.execute(
                "SELECT expected_start_time FROM flow_run WHERE state_type = 'SCHEDULED'"
            ).fetchall()
        if len(rows) > 1:
            return [moment for (moment,) in rows]
        time.sleep(0.5)
    return []
