"""The rules run as suites of Great Expectations: same verdicts, nothing missing, nothing silent."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from truth_fixture import load_truth

from expectations.relations import judge
from expectations.rules import ceiling
from expectations.rules.rule import load_rules
from expectations.suite import run_suite
from expectations.suite_files import stored_suites, suite_texts, write_suites
from warehouse.database import open_memory

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FINDINGS = "SELECT finding_id, severity, message_vi, message_en FROM finding ORDER BY ALL"
TERMS = "SELECT relation_id, observation_id, part, coefficient FROM relation_term ORDER BY ALL"
RELATIONS = "SELECT * FROM relation ORDER BY ALL"


@pytest.fixture
def samples() -> Iterator[tuple["DuckDBPyConnection", list[str]]]:
    with open_memory() as connection:
        yield connection, load_truth(connection)


def snapshot(connection: "DuckDBPyConnection") -> list[list[Any]]:
    return [connection.execute(query).fetchall() for query in (RELATIONS, TERMS, FINDINGS)]


def test_great_expectations_and_judge_say_the_same(
    samples: tuple["DuckDBPyConnection", list[str]],
) -> None:
    connection, submission_ids = samples
    directly = judge(connection, submission_ids)
    before = snapshot(connection)
    through_suites = run_suite(connection, submission_ids)
    assert through_suites.rules == directly
    assert snapshot(connection) == before
    assert through_suites.faults == []


def test_a_rule_that_no_suite_holds_is_unknown_and_says_so(
    samples: tuple["DuckDBPyConnection", list[str]],
) -> None:
    connection, submission_ids = samples
    suites = [suite for suite in stored_suites() if "structure" not in suite["name"]]
    result = run_suite(connection, submission_ids, suites=suites)
    structural = [one.rule_id for one in load_rules() if one.ess_level == 0]
    assert [fault.rule for fault in result.faults] == structural
    assert result.faults[0].unknown == len(submission_ids)
    assert "rebuild" in result.faults[0].error


def test_a_rule_whose_metric_raises_is_unknown_and_the_night_goes_on(
    samples: tuple["DuckDBPyConnection", list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connection, submission_ids = samples
    monkeypatch.setattr(ceiling, "compile_rule", lambda rule: "SELECT no_such_column")
    result = run_suite(connection, submission_ids)
    assert [fault.rule for fault in result.faults] == ["pct_le_100"]
    assert "no_such_column" in result.faults[0].error
    unknown = connection.execute(
        "SELECT count(*) FROM relation WHERE rule = 'pct_le_100' AND status = 'unknown'"
    ).fetchall()
    assert unknown == [(len(submission_ids),)]
    assert sum(one.evaluated for one in result) > 1000


def test_suites_are_current_and_a_rebuild_gives_no_diff(tmp_path: Path) -> None:
    stored = {file.name: file.read_text("utf-8") for file in write_suites(tmp_path)}
    committed = Path(__file__).parents[2] / "expectations" / "suites"
    assert stored == {file.name: file.read_text("utf-8") for file in committed.glob("*.json")}
    assert suite_texts() == stored


def test_every_rule_is_in_one_suite_under_its_own_severity() -> None:
    held = [
        (one["kwargs"]["rule_id"], one["severity"])
        for suite in stored_suites()
        for one in suite["expectations"]
    ]
    assert sorted(held) == sorted((rule.rule_id, rule.severity) for rule in load_rules())


def test_nothing_is_sent_and_nothing_is_left_on_disk(
    samples: tuple["DuckDBPyConnection", list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    run_suite(*samples)
    assert list(tmp_path.iterdir()) == []
    assert os.environ["GX_ANALYTICS_ENABLED"] == "False"


def test_a_night_without_any_suite_succeeds_in_nothing(
    samples: tuple["DuckDBPyConnection", list[str]],
) -> None:
    """A suite whose expectations are not loaded succeeds with nothing evaluated: never silently."""
    connection, submission_ids = samples
    empty = [suite | {"expectations": []} for suite in stored_suites()]
    result = run_suite(connection, submission_ids, suites=empty)
    assert [fault.rule for fault in result.faults] == [one.rule_id for one in load_rules()]
    statuses = connection.execute("SELECT DISTINCT status FROM relation").fetchall()
    assert statuses == [("unknown",)]
