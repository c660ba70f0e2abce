"""Corrections as an overlay: a figure's value is the steward's while its decision counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from expectations.locate.locate import locate
from expectations.relations import judge
from warehouse.content import forget_sums
from warehouse.database import transaction

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# SDMX's code list of observation statuses: E is an estimated value, here: set by a steward.
CORRECTED = "E"
PUT_BACK = """
UPDATE observation o SET value = c.value_before, obs_status = c.obs_status_before
FROM correction c
WHERE o.submission_id = c.submission_id AND o.observation_id = c.observation_id
    AND list_contains(?, o.submission_id)"""
REMEMBER = """
INSERT INTO correction
SELECT o.observation_id, o.submission_id, ?, o.value, o.obs_status FROM observation o
WHERE o.submission_id = ? AND o.observation_id = ?
    AND o.observation_id NOT IN (SELECT observation_id FROM correction)"""
CORRECT = """
UPDATE observation SET value = ?, obs_status = ? WHERE submission_id = ? AND observation_id = ?"""


@dataclass(frozen=True, slots=True)
class Correction:
    """One figure to set: its value in base units, and the decision that says so."""

    observation_id: str
    submission_id: str
    decision_id: str
    value: Decimal


def put_back(connection: "DuckDBPyConnection", submission_ids: Sequence[str]) -> list[str]:
    """Take every correction of these submissions away and judge them as they were typed.

    Killed in between, the same call does it again: what the figures were before is forgotten
    last. Returns the rules that could not be evaluated.
    """
    rows = connection.execute(
        "SELECT DISTINCT submission_id FROM correction WHERE list_contains(?, submission_id)",
        [list(submission_ids)],
    ).fetchall()
    corrected = sorted(submission_id for (submission_id,) in rows)
    if not corrected:
        return []
    with transaction(connection):
        forget_sums(connection, corrected)
        connection.execute(PUT_BACK, [corrected]).fetchall()
    faults = judge_again(connection, corrected)
    connection.execute(
        "DELETE FROM correction WHERE list_contains(?, submission_id)", [corrected]
    ).fetchall()
    return faults


def lay_over(connection: "DuckDBPyConnection", corrections: Iterable[Correction]) -> list[str]:
    """Set the corrected figures and judge their submissions with them; the last one counts.

    Returns the rules that could not be evaluated.
    """
    wanted = list(corrections)
    with transaction(connection):
        forget_sums(connection, [one.submission_id for one in wanted])
        for one in wanted:
            place = [one.submission_id, one.observation_id]
            connection.execute(REMEMBER, [one.decision_id, *place]).fetchall()
            connection.execute(CORRECT, [one.value, CORRECTED, *place]).fetchall()
    return judge_again(connection, sorted({one.submission_id for one in wanted}))


def judge_again(connection: "DuckDBPyConnection", submission_ids: Sequence[str]) -> list[str]:
    """Judge by every rule as the night does, without loading Great Expectations (5 s of CPU).

    Returns the rules that could not be evaluated, each with why.
    """
    results = judge(connection, submission_ids)
    locate(connection, submission_ids)
    return [f"rule {one.rule}: {one.error}" for one in results if one.error]
