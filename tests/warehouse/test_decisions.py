"""The ledger of decisions: what it keeps, what it refuses, and who is told."""

import datetime as dt
import sqlite3
import threading
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from warehouse.decision import DecidedCell, Decision, matter_of
from warehouse.decisions import (
    AlreadyDecided,
    all_decisions,
    effective_decisions,
    head_of,
    record,
    standing,
)
from warehouse.places import decisions_file

NOON = dt.datetime(2026, 11, 22, 5, 0)
TODAY = dt.date(2026, 11, 22)
CELLS = (
    DecidedCell("Phụ biểu", "M17", "55.042", "district|035|bhyt_participants", "term", True),
    DecidedCell("Phụ biểu", "N17", "752.190", "province|02|bhyt_participants", "found"),
)


def a_decision(name: str = "d1", who: str = "Lan", **other: object) -> Decision:
    values: dict[str, object] = {
        "decision_id": name,
        "finding_id": "f-1",
        "submission_id": "00f31ed5ea845ade",
        "sha256": "00f31ed5ea845ade" * 4,
        "series": '["02", "ke hoach", 2013]',
        "matter": "m1",
        "rule": "sum_districts",
        "action": "correct",
        "who": who,
        "decided_at": NOON,
        "reason": "gõ nhầm",
        "until": None,
        "value": Decimal("59042.000000000001"),
        "typed_figure": "59.042",
        "undoes": "",
        "cells": CELLS,
    }
    return Decision(**{**values, **other})  # type: ignore[arg-type]


def accept(name: str = "d1", **other: object) -> Decision:
    return a_decision(name, **{"action": "accept", "value": None, "typed_figure": "", **other})


def test_a_decision_comes_back_as_it_was_made(tmp_path: Path) -> None:
    made = a_decision(until=TODAY)
    record(tmp_path, [made], {})
    assert all_decisions(tmp_path) == (made,)
    assert made.corrected == CELLS[0]


def test_nothing_was_decided_in_a_new_home(tmp_path: Path) -> None:
    assert all_decisions(tmp_path) == ()
    assert head_of(tmp_path, a_decision()) == ""
    assert not decisions_file(tmp_path).exists()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE decision SET who = 'Hoa'",
        "DELETE FROM decision",
        "UPDATE decision_cell SET typed_text = '1'",
        "DELETE FROM decision_cell",
    ],
)
def test_what_was_decided_is_never_changed(tmp_path: Path, sql: str) -> None:
    record(tmp_path, [a_decision()], {})
    ledger = sqlite3.connect(decisions_file(tmp_path))
    with pytest.raises(sqlite3.IntegrityError, match="decisions are never"):
        ledger.execute(sql)
    ledger.close()


def test_undoing_is_a_new_line(tmp_path: Path) -> None:
    made = a_decision()
    record(tmp_path, [made], {})
    undo = made.undone_by("d2", "Hoa", "chưa chắc", NOON)
    record(tmp_path, [undo], {"f-1": "d1"})
    assert [one.decision_id for one in all_decisions(tmp_path)] == ["d1", "d2"]
    assert effective_decisions(tmp_path, TODAY) == ()
    with pytest.raises(AlreadyDecided, match="Hoa"):
        record(tmp_path, [made.undone_by("d3", "An", "x", NOON)], {"f-1": "d1"})
    again = replace(made, decision_id="d4")
    record(tmp_path, [again], {"f-1": "d2"})
    assert effective_decisions(tmp_path, TODAY) == (again,)


def test_the_last_day_still_counts() -> None:
    until = accept(until=TODAY)
    assert standing([until], TODAY) == (until,)
    assert standing([until], TODAY + dt.timedelta(days=1)) == ()


def test_the_second_steward_is_told_and_nothing_of_theirs_is_kept(tmp_path: Path) -> None:
    record(tmp_path, [a_decision()], {"f-1": ""})
    other = accept("d3", who="Hoa", finding_id="f-9", matter="m9")
    with pytest.raises(AlreadyDecided, match=r"Lan đã quyết định .*22/11/2026 12:00"):
        record(tmp_path, [other, accept("d2", who="Hoa")], {"f-1": ""})
    assert [one.who for one in all_decisions(tmp_path)] == ["Lan"]


def test_of_many_stewards_at_the_same_moment_one_decides(tmp_path: Path) -> None:
    record(tmp_path, [accept("d0", matter="m0", finding_id="f-0")], {})
    told: list[str] = []
    start = threading.Barrier(6)

    def decide(name: str) -> None:
        start.wait()
        try:
            record(tmp_path, [accept(name, who=name)], {"f-1": ""})
        except AlreadyDecided as error:
            told.append(error.by.who)

    stewards = [threading.Thread(target=decide, args=(f"s{number}",)) for number in range(6)]
    for steward in stewards:
        steward.start()
    for steward in stewards:
        steward.join()
    [winner] = [one.who for one in all_decisions(tmp_path) if one.finding_id == "f-1"]
    assert told == [winner] * 5


def test_twins_in_one_report_are_decided_apart_but_follow_a_resubmission(tmp_path: Path) -> None:
    record(tmp_path, [accept()], {})
    twin = accept("d2", finding_id="f-2")
    assert head_of(tmp_path, twin) == ""
    assert head_of(tmp_path, replace(twin, submission_id="another")) == "d1"


def test_a_matter_changes_with_text_and_meaning_but_not_with_place() -> None:
    matter = matter_of("s", "r", CELLS)
    moved = [replace(cell, sheet="Sheet1", cell="Z9", part="") for cell in reversed(CELLS)]
    assert matter_of("s", "r", moved) == matter
    for changed in (
        replace(CELLS[0], typed_text="59.042"),
        replace(CELLS[0], meaning="district|036|bhyt_participants"),
    ):
        assert matter_of("s", "r", (changed, CELLS[1])) != matter
    assert matter_of("s", "other", CELLS) != matter
    assert matter_of("s", "r", (), "nói") != matter_of("s", "r", (), "khác")
