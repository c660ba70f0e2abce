"""The same figure printed in two places agrees: in two tables, in a table and its note.

The most precise print is the reference, tables before notes, and every other print is tested.

Holds by rounding: 312.15 thousand people in one table, 312,150 people in another.

Fails (Cao Bằng 2016): 480.195 people in the table, 480.197 in its note.
"""

from expectations.rules.linear import NO_SQUARE, judged_linear
from expectations.rules.rule import Rule
from expectations.rules.text import KEY, same, term, within


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between every further print of a figure and its reference."""
    key = ", ".join(KEY)
    rows = f"""
    WITH shared AS (
        SELECT {key} FROM judged_print WHERE {within(rule, "period")}
        GROUP BY {key} HAVING count(*) > 1
    ),
    ranked AS MATERIALIZED (
        SELECT p.*, row_number() OVER (PARTITION BY {", ".join(f"p.{c}" for c in KEY)} ORDER BY
            p.half_width, t.is_note, t.table_no, p.row_number, p.column_number, p.position,
            p.observation_id) AS rank
        FROM judged_print p JOIN shared USING ({key})
        JOIN judged_table t ON t.table_no = p.table_no
    )
    SELECT p.submission_id, concat_ws('|', p.observation_id, r.observation_id) AS identity,
        p.value AS found, p.half_width AS found_half, r.value AS computed, r.half_width AS half,
        {NO_SQUARE} AS square, true AS known,
        [{term("p.figure", "found")}, {term("r.figure", "other")}] AS terms
    FROM ranked p JOIN ranked r ON {same("r", "p", KEY)} AND r.rank = 1
    WHERE p.rank > 1"""
    return judged_linear(rule, rows, "equal")
