"""For whoever is woken: what failed, since when, what is safe, what to do."""

import datetime as dt
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.commands.status import describe
from flows.ingest import run_night
from flows.last_night import read_last_night
from flows.night import night_lock
from warehouse.migrations import utc_now

DropReport = Callable[..., Path]


def status(home: Path) -> tuple[int, dict[str, Any]]:
    ran = CliRunner().invoke(app, ["status", "--home", str(home), "--json"])
    return ran.exit_code, json.loads(ran.stdout)


def test_a_home_without_nights_asks_for_one(home: Path) -> None:
    code, told = status(home)
    assert (code, told["state"], told["safe"]) == (
        1,
        "none",
        "0 landed files; nothing is published",
    )


def test_after_a_good_night_there_is_nothing_to_do(home: Path, drop_report: DropReport) -> None:
    drop_report("2019.xlsx", 2019, total=384_400)
    run_night(home, home / "raw" / "inbox")
    code, told = status(home)
    assert (code, told["what"]) == (0, "NeedsReview: 1 quarantined")
    assert told["since"].startswith(f"{utc_now() + dt.timedelta(hours=7):%d/%m/%Y}")
    assert told["safe"].startswith("1 landed files; readers have 20")


def test_a_night_that_failed_says_since_when(home: Path, drop_report: DropReport) -> None:
    drop_report("2018.xlsx", 2018)
    run_night(home, home / "raw" / "inbox")
    good = status(home)[1]["since"]
    receipt = next((home / "raw" / "receipts").glob("*.json"))
    receipt.unlink()
    receipt.mkdir()
    with pytest.raises(OSError, match="directory"):
        run_night(home, home / "raw" / "inbox")
    code, told = status(home)
    assert (code, told["state"], told["since"]) == (1, "Failed", f"after {good}")
    assert "docs/woken.md" in told["do"]


KILLED = """
import os, signal, sys
from pathlib import Path
import flows.ingest
flows.ingest.judge = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
home = Path(sys.argv[1])
flows.ingest.run_night(home, home / "raw" / "inbox")
"""


def test_a_killed_night_is_told_apart_from_one_at_work(home: Path, drop_report: DropReport) -> None:
    drop_report("2018.xlsx", 2018)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(home)], check=False)
    assert killed.returncode == -signal.SIGKILL
    with night_lock(home):
        assert status(home)[1]["state"] == "Running"
    assert status(home)[1]["state"] == "Interrupted"
    run_night(home, home / "raw" / "inbox")
    assert status(home)[0] == 0


def test_a_night_that_never_came_is_missed(home: Path) -> None:
    run_night(home, home / "raw" / "inbox")
    last = read_last_night(home)
    assert describe(home, last, utc_now() + dt.timedelta(hours=25))["well"]
    late = describe(home, last, utc_now() + dt.timedelta(hours=27))
    assert not late["well"]
    assert "baophu serve" in late["do"]
