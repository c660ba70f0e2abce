"""Metrics as Prometheus reads them."""

import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from flows.ingest import run_night
from flows.last_night import read_last_night
from flows.metrics import serve_metrics

DropReport = Callable[..., Path]
Samples = dict[tuple[str, str], float]


def scrape(home: Path) -> Samples:
    port = serve_metrics(home, 0)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        families = text_string_to_metric_families(answer.read().decode())
    return {
        (sample.name, "".join(sample.labels.values())): sample.value
        for family in families
        for sample in family.samples
    }


def test_a_home_without_a_publication_says_so(home: Path, drop_report: DropReport) -> None:
    drop_report("2018.xlsx", 2018)
    found = scrape(home)
    assert found["baophu_published", ""] == 0
    assert found["baophu_inbox_files", ""] == 1
    assert found["baophu_inbox_oldest_seconds", ""] > 3600


def test_the_publication_is_counted(home: Path, drop_report: DropReport) -> None:
    drop_report("2018.xlsx", 2018)
    drop_report("2019.xlsx", 2019, total=384_400)
    run_night(home, home / "raw" / "inbox")
    found = scrape(home)
    assert found["baophu_published", ""] == 1
    assert found["baophu_submissions", "accepted"] == 1
    assert found["baophu_submissions", "quarantined"] == 1
    assert found["baophu_open_findings", "critical"] >= 1
    assert found["baophu_nights", "NeedsReview"] == 1
    assert found["baophu_night_complete", ""] == 1
    assert found["baophu_night_files", "landed"] == 2
    assert found["baophu_night_submissions", "quarantined"] == 1
    assert found["baophu_cells", "observation"] == found["baophu_observations", "A"] == 12
    steps = {step for name, step in found if name == "baophu_step_seconds"}
    assert steps == {"landing", "reading", "loading", "judging", "publishing"}
    assert sum(found["baophu_step_seconds", step] for step in steps) > 0
    assert found["baophu_inbox_files", ""] == 0
    assert found["baophu_letters_waiting", ""] == 0


def test_a_night_with_nothing_new_is_counted_too(home: Path, drop_report: DropReport) -> None:
    drop_report("2018.xlsx", 2018)
    run_night(home, home / "raw" / "inbox")
    before = scrape(home)
    run_night(home, home / "raw" / "inbox")
    after = scrape(home)
    assert after["baophu_night_finished_seconds", ""] > before["baophu_night_finished_seconds", ""]
    assert after["baophu_night_files", "landed"] == 0


def test_a_night_that_failed_is_seen(home: Path, drop_report: DropReport) -> None:
    drop_report("2018.xlsx", 2018)
    (home / "warehouse").mkdir()
    (home / "warehouse" / "work").write_text("a file where a folder belongs")
    with pytest.raises(OSError, match="work"):
        run_night(home, home / "raw" / "inbox")
    found = scrape(home)
    assert found["baophu_night_complete", ""] == 0
    assert not any(name == "baophu_step_seconds" for name, _ in found)
    last = read_last_night(home)
    assert last is not None
    assert last["state"] == "Failed"
    assert "work" in last["reason"]
