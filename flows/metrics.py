"""Metrics for Prometheus: what the current publication, the inbox and the outbox say now.

Everything is read when it is asked for, so a process that counts nothing itself can serve it,
and what a killed night did is counted as well.
"""

import datetime as dt
import sqlite3
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from flows.home import inbox_folder
from flows.last_night import read_last_night
from warehouse.database import NoPublication, open_published
from warehouse.places import current_link, warehouse_folder

COUNTS = {
    "submissions": ("SELECT status, count(*) FROM review.submission GROUP BY ALL", "status"),
    "observations": ("SELECT obs_status, count(*) FROM review.observation GROUP BY ALL", "status"),
    "cells": ("SELECT role, count(*) FROM review.cell GROUP BY ALL", "role"),
    "findings": ("SELECT status, count(*) FROM review.finding GROUP BY ALL", "status"),
    "open_findings": (
        "SELECT severity, count(*) FROM review.finding WHERE status = 'open' GROUP BY ALL",
        "severity",
    ),
    "nights": ("SELECT state, count(*) FROM review.night GROUP BY ALL", "state"),
}


class HomeCollector(Collector):
    """Reads a home's metrics anew at each scrape."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def collect(self) -> Iterator[Metric]:
        """Counts of the publication, the last night, and what waits."""
        try:
            yield from self._published()
        except NoPublication:
            yield _gauge("published", "1 when there is a publication to read", 0)
        if last := read_last_night(self.home):
            yield from _last_night(last)
        ages = [time.time() - path.stat().st_mtime for path in _files(inbox_folder(self.home))]
        yield _gauge("inbox_files", "Files that wait in the inbox", len(ages))
        yield _gauge("inbox_oldest_seconds", "Age of the oldest of them", max(ages, default=0))
        yield _gauge("letters_waiting", "Letters that are not sent yet", self._letters())

    def _published(self) -> Iterator[Metric]:
        with open_published(current_link(self.home)) as connection:
            yield _gauge("published", "1 when there is a publication to read", 1)
            for name, (query, label) in COUNTS.items():
                counts = dict(connection.execute(query).fetchall())
                yield _family(name, f"{name} by {label}", label, counts)

    def _letters(self) -> int:
        path = warehouse_folder(self.home) / "letters.sqlite"
        if not path.exists():
            return 0
        outbox = sqlite3.connect(path, timeout=5)
        try:
            rows = outbox.execute("SELECT count(*) FROM letter WHERE sent_at IS NULL").fetchall()
        finally:
            outbox.close()
        return int(rows[0][0])


def registry_of(home: Path) -> CollectorRegistry:
    """A registry with the metrics of one home."""
    registry = CollectorRegistry()
    registry.register(HomeCollector(home))
    return registry


def serve_metrics(home: Path, port: int) -> int:
    """Answer /metrics on this machine only, in a thread; returns the port (0 takes a free one)."""
    server, _ = start_http_server(port, addr="127.0.0.1", registry=registry_of(home))
    return int(server.server_port)


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(f"baophu_{name}", meaning, value=float(value))


def _last_night(last: Mapping[str, Any]) -> Iterator[Metric]:
    """A night that failed says when and for how long, and nothing of steps and files."""
    began, ended = (
        dt.datetime.fromisoformat(last[name]).replace(tzinfo=dt.UTC).timestamp()
        for name in ("started_at", "finished_at")
    )
    complete = last["state"] not in {"Incomplete", "Failed"}
    yield _gauge("night_finished_seconds", "When the last night ended (epoch)", ended)
    yield _gauge("night_duration_seconds", "How long it took", ended - began)
    yield _gauge("night_complete", "0 when it was Incomplete or failed", complete)
    yield _family("step_seconds", "Wall time of its steps", "step", last.get("seconds", {}))
    yield _family("night_files", "What became of the inbox", "outcome", last.get("files", {}))
    yield _family(
        "night_submissions", "How its workbooks ended", "status", last.get("submissions", {})
    )
    yield _family(
        "ended_decisions", "Decisions that count no longer", "why", last.get("decisions", {})
    )


def _family(name: str, meaning: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(f"baophu_{name}", meaning, labels=[label])
    for value, count in values.items():
        family.add_metric([value], count)
    return family


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and path.name != ".gitkeep")
