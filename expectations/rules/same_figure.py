"""The same figure printed in two places agrees: in two tables, in a table and its note.

The most precise print is the reference, tables before notes, and every other print is tested.

Holds by rounding: 312.15 thousand people in one table, 312,150 people in another.

Fails (Cao Bằng 2016): 480.195 people in the table, 480.197 in its note.
"""

from expectations.rules.linear import judged_linear, square_of
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
    ranked AS (
        SELECT p.*, row_number() OVER (PARTITION BY {", ".join(f"p.{c}" for c in KEY)} ORDER BY
            p.half_width, coalesce(t.kind = 'note', false), p.table_id, p.row_number,
            p.column_number, p.position, p.observation_id) AS rank
        FROM judged_print p JOIN shared USING ({key})
        LEFT JOIN source_table t ON {same("t", "p", ("submission_id", "table_id"))}
    )
    SELECT p.submission_id, concat_ws('|', p.observation_id, r.observation_id) AS identity,
        p.value AS found, p.half_width AS found_half, r.value AS computed, r.half_width AS half,
        {square_of("r.half_width")} AS square, true AS known,
        [{term("p", "found")}, {term("r", "other")}] AS terms
    FROM ranked p JOIN ranked r ON {same("r", "p", KEY)} AND r.rank = 1
    WHERE p.rank > 1"""
    return judged_linear(rule, rows, "equal")
