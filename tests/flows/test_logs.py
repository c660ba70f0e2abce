"""What a night tells machines: JSON lines with the ids of night, submission and table; lineage."""

import datetime as dt
import http.server
import json
import os
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from flows.ingest import run_night
from flows.lineage import emit_lineage, event_of
from flows.night import NightReport
from warehouse.places import current_link

DropReport = Callable[..., Path]
NIGHT = """
import sys
from pathlib import Path
from flows.ingest import run_night
from flows.logs import settle_logs
settle_logs()
settle_logs()
home = Path(sys.argv[1])
run_night(home, home / "raw" / "inbox")
"""


def night(home: Path) -> NightReport:
    return run_night(home, home / "raw" / "inbox")


def logged(home: Path, how: str) -> list[dict[str, Any]]:
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", NIGHT, str(home)],
        env=os.environ | {"BAOPHU_LOG": how},
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in told.stderr.splitlines()]


def test_every_step_file_and_table_is_a_line(home: Path, drop_report: DropReport) -> None:
    drop_report("bac-giang/2018.xlsx", 2018)
    drop_report("bac-giang/2019.xlsx", 2019, total=384_400)
    lines = logged(home, "json")
    events: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        assert dt.datetime.fromisoformat(line["at"]).tzinfo is not None
        assert line["level"] == "info"
        events.setdefault(line.get("event", ""), []).append(line)
    assert events["step"][0]["step"] == "landing"
    assert {line["step"] for line in events["step"]} == {
        *("landing", "reading", "loading", "judging", "publishing")
    }
    assert [(line["reporter"], line["outcome"]) for line in events["landed"]] == [
        ("bac-giang", "landed"),
        ("bac-giang", "landed"),
    ]
    assert [line["status"] for line in events["judged"]] == ["accepted", "quarantined"]
    ids = {line["submission_id"] for line in events["landed"]}
    assert {line["submission_id"] for line in events["read"]} == ids
    assert {line["table_id"].partition("-")[0] for line in events["table"]} == ids
    assert sum(line["observations"] for line in events["read"]) == 12
    assert len({line["night_id"] for line in lines if "event" in line}) == 1


def test_without_the_setting_nothing_is_logged(home: Path, drop_report: DropReport) -> None:
    drop_report("2018.xlsx", 2018)
    assert logged(home, "") == []


def test_a_night_is_one_event_of_lineage(
    home: Path, drop_report: DropReport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop_report("2018.xlsx", 2018)
    report = night(home)
    target = tmp_path / "lineage.jsonl"
    monkeypatch.setenv("BAOPHU_LINEAGE", str(target))
    emit_lineage(home, report)
    [event] = map(json.loads, target.read_text("utf-8").splitlines())
    assert event == event_of(home, report)
    # What the standard asks of an event that ends a run.
    assert event["eventType"] == "COMPLETE"
    assert dt.datetime.fromisoformat(event["eventTime"]).tzinfo is not None
    assert str(uuid.UUID(event["run"]["runId"])) == event["run"]["runId"]
    assert all(event["job"][name] for name in ("namespace", "name"))
    assert all(urlsplit(event[name]).scheme for name in ("producer", "schemaURL"))
    [landed] = (home / "raw" / "landed").iterdir()
    assert event["inputs"] == [{"namespace": "file", "name": str(landed)}]
    assert event["outputs"] == [{"namespace": "file", "name": str(current_link(home).resolve())}]


def test_a_night_with_nothing_new_made_nothing(home: Path) -> None:
    night(home)
    event = event_of(home, night(home))
    assert (event["inputs"], event["outputs"]) == ([], [])


@pytest.fixture
def collector() -> Iterator[tuple[str, list[bytes]]]:
    """A collector of events on this machine: its address and what it was sent."""
    received: list[bytes] = []

    class Collect(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(201)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.HTTPServer(("127.0.0.1", 0), Collect)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/api/v1/lineage", received
    server.shutdown()
    server.server_close()


def test_lineage_goes_to_a_collector(
    home: Path, collector: tuple[str, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, received = collector
    report = night(home)
    monkeypatch.setenv("BAOPHU_LINEAGE", address)
    emit_lineage(home, report)
    assert [json.loads(one)["job"]["name"] for one in received] == ["nightly"]


def test_a_collector_that_is_away_fails_no_night(
    home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    report = night(home)
    monkeypatch.setenv("BAOPHU_LINEAGE", "http://127.0.0.1:9/api/v1/lineage")
    emit_lineage(home, report)
    assert "lineage was not told" in caplog.text
