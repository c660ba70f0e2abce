"""Judging: what is stored, what is replaced, what stays, and what a crashing rule leaves behind."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from drawn import judged, store
from truth_fixture import load

from expectations.relations import RuleResult, added_up, batches, judge
from expectations.rules import ceiling
from expectations.rules.kinds import kind_of, kinds
from expectations.rules.rule import RuleError, rule
from warehouse.database import open_memory

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FIRST_NIGHT, SECOND_NIGHT = dt.datetime(2026, 11, 22, 1), dt.datetime(2026, 11, 23, 1)
SHARES = """
                                                | 2018
bhyt_participants                               | 474863
bhyt_participants@household                     | 60921
bhyt_participant_share_pct@household            | 12.90
"""


@pytest.fixture
def warehouse() -> Iterator["DuckDBPyConnection"]:
    with open_memory() as connection:
        store(connection, "s1", t=SHARES)
        store(connection, "s2", t=SHARES)
        yield connection


def stored(connection: "DuckDBPyConnection") -> list[list[Any]]:
    tables = ("relation", "relation_term", "finding", "finding_cell")
    return [connection.execute(f"SELECT * FROM {t} ORDER BY ALL").fetchall() for t in tables]


def test_judging_twice_gives_the_same_rows(warehouse: "DuckDBPyConnection") -> None:
    judge(warehouse, ["s1", "s2"], FIRST_NIGHT)
    once = stored(warehouse)
    judge(warehouse, ["s1", "s2"], SECOND_NIGHT)
    assert stored(warehouse) == once


def test_only_the_submissions_given_are_judged(warehouse: "DuckDBPyConnection") -> None:
    judge(warehouse, ["s1", "s2"], FIRST_NIGHT)
    before = stored(warehouse)
    warehouse.execute("UPDATE observation SET value = 12.83 WHERE typed_text = '12.90'")
    judge(warehouse, ["s2"], SECOND_NIGHT)
    assert [
        row[:1] for row in warehouse.execute("SELECT submission_id FROM finding").fetchall()
    ] == [("s1",)]
    assert len(stored(warehouse)[0]) == len(before[0])


def test_what_reading_did_not_understand_stays(warehouse: "DuckDBPyConnection") -> None:
    texts = ("relation_id", "sheet", "culprit_cell", "typed_text", "suggestion", "cause_id")
    reading = {
        "finding_id": "r1",
        "submission_id": "s1",
        "rule": "unread_cell",
        "kind": "reading",
        "severity": "critical",
        "status": "open",
        "message_vi": "",
        "message_en": "",
        "first_seen": FIRST_NIGHT,
        **dict.fromkeys(texts, ""),
    }
    load(warehouse, "finding", [reading])
    judge(warehouse, ["s1"], SECOND_NIGHT)
    kinds = warehouse.execute("SELECT kind, first_seen FROM finding ORDER BY kind").fetchall()
    assert kinds == [("reading", FIRST_NIGHT), ("share", SECOND_NIGHT)]


def test_every_relation_keeps_its_terms(warehouse: "DuckDBPyConnection") -> None:
    judge(warehouse, ["s1"])
    terms = warehouse.execute(
        "SELECT r.rule, list(t.part ORDER BY t.part), count(DISTINCT o.observation_id) "
        "FROM relation r JOIN relation_term t USING (relation_id) "
        "JOIN observation o USING (observation_id) GROUP BY r.relation_id, r.rule ORDER BY r.rule"
    ).fetchall()
    assert terms == [
        ("part_le_whole", ["found", "whole"], 2),
        ("pct_le_100", ["found"], 1),
        ("pct_sum_100", ["term"], 1),
        ("people_possible_at_level", ["found"], 1),
        ("share_of_total", ["base", "count", "found"], 3),
        ("sum_groups", ["found", "term"], 2),
    ]


def test_found_computed_interval_and_gap(warehouse: "DuckDBPyConnection") -> None:
    judge(warehouse, ["s1"])
    row = warehouse.execute(
        "SELECT found, round(computed, 6), round(low, 6), round(high, 6), round(gap, 6) "
        "FROM relation WHERE rule = 'share_of_total'"
    ).fetchall()[0]
    assert [str(figure.normalize()) for figure in row] == [
        "12.9", "12.829174", "12.829055", "12.829293", "0.070826"
    ]  # fmt: skip


def test_a_rule_that_crashes_is_unknown_of_every_submission(
    warehouse: "DuckDBPyConnection", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ceiling, "compile_rule", lambda rule: "SELECT no_such_column")
    results = {result.rule: result for result in judge(warehouse, ["s1", "s2"])}
    assert "no_such_column" in results["pct_le_100"].error
    assert results["pct_le_100"].unknown == 2
    assert results["share_of_total"].fails == 2
    unknown = warehouse.execute("SELECT submission_id FROM relation WHERE rule = 'pct_le_100'")
    assert sorted(unknown.fetchall()) == [("s1",), ("s2",)]


def test_a_rule_judges_only_the_periods_it_is_valid_for(monkeypatch: pytest.MonkeyPatch) -> None:
    since = replace(rule("pct_le_100"), valid_from=dt.date(2018, 1, 1))
    until = replace(rule("pct_le_100"), valid_to=dt.date(2018, 1, 1))
    drawing = " | 2017 | 2018\nbhyt_coverage_pct | 90.1 | 90.2"
    for one, found in ((since, ["90.2"]), (until, ["90.1"])):
        monkeypatch.setattr("expectations.relations.load_rules", lambda one=one: (one,))
        with judged(t=drawing) as connection:
            rows = connection.execute("SELECT found::DECIMAL(9, 1)::VARCHAR FROM relation")
            assert rows.fetchall() == [(figure,) for figure in found]


def test_an_undeclared_rule_or_kind_is_named() -> None:
    with pytest.raises(RuleError, match="There is no rule 'sum_moons'"):
        rule("sum_moons")
    for named in ("sum_moons", "linear"):
        with pytest.raises(RuleError, match=f"pct_le_100: .*'{named}'"):
            kind_of(replace(rule("pct_le_100"), kind=named))


def test_every_kind_beside_the_rules_is_one_that_a_rule_is_of() -> None:
    files = Path(ceiling.__file__).parent.glob("*.py")
    written = {file.stem for file in files if "def compile_rule(" in file.read_text("utf-8")}
    assert set(kinds()) == written


def test_large_nights_are_judged_in_batches_of_whole_submissions(
    warehouse: "DuckDBPyConnection",
) -> None:
    [(own,)] = warehouse.execute(
        "SELECT count(*) FROM observation WHERE submission_id = 's1'"
    ).fetchall()
    assert batches(warehouse, ["s1"], most=1) == [["s1"]]
    assert batches(warehouse, [], most=1) == [[]]
    assert batches(warehouse, ["s0", "s1", "s1"], most=2 * own) == [["s0", "s1", "s1"]]
    assert batches(warehouse, ["s0", "s1", "s1"], most=2 * own - 1) == [["s0", "s1"], ["s1"]]


def test_results_of_batches_add_up_and_an_error_is_not_lost() -> None:
    first, second = RuleResult("a", 3, 2, 1, 0, 0), RuleResult("a", 0, 0, 0, 0, 1, "broke")
    assert added_up([[first], [second]]) == [RuleResult("a", 3, 2, 1, 0, 1, "broke")]
