"""How a part is set beside its whole, for the kinds that say that a part is not above it."""

from expectations.rules.linear import NO_SQUARE
from expectations.rules.rule import Rule
from expectations.rules.text import MEANING_BITS, same, term, within


def bounded(rule: Rule, pairs: str) -> str:
    """SQL of LINEAR_COLUMNS: each part against its own table's whole, else those elsewhere.

    `pairs` is a SELECT of the `part_no` and `whole_no` of two meanings of which one holds the
    other.
    """
    return f"""
    WITH part AS MATERIALIZED (
        SELECT f.figure, f.observation_id, f.submission_id, f.table_no, f.value, f.half_width,
            (f.place::BIGINT << {MEANING_BITS}) + c.whole_no AS whole
        FROM judged_named f JOIN ({pairs}) c ON c.part_no = f.meaning_no
        WHERE {within(rule, "f.period")}
    ),
    own AS MATERIALIZED (
        SELECT {_columns()} FROM part p JOIN judged_figure w
            ON w.meaning = p.whole AND w.table_no = p.table_no
    ),
    alone AS (SELECT p.* FROM part p ANTI JOIN own o ON {same("o", "p", ("figure", "whole"))}),
    paired AS (
        SELECT * FROM own
        UNION ALL SELECT {_columns()} FROM alone p JOIN judged_figure w ON w.meaning = p.whole
    )
    SELECT submission_id, concat_ws('|', observation_id, whole_id) AS identity,
        found, found_half, computed, half, {NO_SQUARE} AS square, true AS known,
        [{term("figure", "found")}, {term("whole_figure", "whole")}] AS terms
    FROM paired"""


def _columns() -> str:
    return """p.figure, p.observation_id, p.submission_id, p.value AS found,
            p.half_width AS found_half, p.whole, w.figure AS whole_figure,
            w.observation_id AS whole_id, w.value AS computed, w.half_width AS half"""
