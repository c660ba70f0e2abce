"""The same figure printed in two places agrees: in two tables, in a table and its note.

The most precise print is the reference, tables before notes, and every other print is tested.

Holds by rounding: 312.15 thousand people in one table, 312,150 people in another.

Fails (Cao Bằng 2016): 480.195 people in the table, 480.197 in its note.
"""

from expectations.rules.linear import NO_SQUARE, judged_linear
from expectations.rules.rule import Rule
from expectations.rules.text import term, within


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between every further print of a figure and its reference."""
    rows = f"""
    WITH shared AS (SELECT meaning FROM judged_print GROUP BY meaning HAVING count(*) > 1),
    ranked AS MATERIALIZED (
        SELECT p.*, row_number() OVER (PARTITION BY p.meaning ORDER BY
            p.half_width, t.is_note, t.table_no, p.spot, p.observation_id) AS rank
        FROM judged_print p SEMI JOIN shared s ON s.meaning = p.meaning
        JOIN judged_table t ON t.table_no = p.table_no
        JOIN judged_place a ON a.place = p.place AND {within(rule, "a.period")}
    )
    SELECT p.submission_id, concat_ws('|', p.observation_id, r.observation_id) AS identity,
        p.value AS found, p.half_width AS found_half, r.value AS computed, r.half_width AS half,
        {NO_SQUARE} AS square, true AS known,
        [{term("p.figure", "found")}, {term("r.figure", "other")}] AS terms
    FROM ranked p JOIN ranked r ON r.meaning = p.meaning AND r.rank = 1
    WHERE p.rank > 1"""
    return judged_linear(rule, rows, "equal")
