"""Where a table's steps from year to year are round numbers, one that is not at all is a slip.

Holds (Hà Giang): 80 of 84 steps of unemployment insurance are multiples of 100 people, as 2.122,
2.922, 3.722; a step of 950 is still round enough.

Fails: 2.922, then 3.729: a step of 807. A table is regular when `share_pct` of its steps (at least
`steps` of them, those of 0 apart) are multiples of 100, 1.000 or more units of the last printed
digit; a step that is no multiple of a tenth of that fails.
"""

from expectations.rules.linear import relation_id
from expectations.rules.rule import Rule
from expectations.rules.text import among, quoted, same, term, within

# A table that is regular in thousands is so in hundreds, the first that is asked.
GRAINS = (100, 1000, 10000, 100000)
TABLE = ("table_no", "indicator_no", "unit")
NEEDS = ("judged_step",)


def compile_rule(rule: Rule) -> str:
    """SQL for the relations of the steps in tables whose steps are round."""
    share, steps = rule.applies["share_pct"], rule.applies["steps"]
    columns = ", ".join(TABLE)
    return f"""
    WITH stepped AS MATERIALIZED (
        SELECT figure, last.figure AS previous, table_no, indicator_no, value - last.value AS step,
            CASE WHEN half_width > 0 THEN 2 * half_width ELSE 1::DECIMAL(38, 12) END AS unit
        FROM judged_step
        WHERE {among("kind", rule.applies["indicator_kinds"])} AND value <> last.value
            AND half_width = last.half_width AND {within(rule, "year::VARCHAR")}
    ),
    hundreds AS (
        SELECT {columns}, count(*) AS steps FROM stepped GROUP BY {columns}
        HAVING count(*) >= {steps} AND {_regular(GRAINS[0], share)}
    ),
    regular AS (
        SELECT {columns}, CASE {_widest(share)} ELSE {GRAINS[0]} END AS times
        FROM stepped JOIN hundreds USING ({columns}) GROUP BY {columns}
    ),
    decided AS (
        SELECT s.*, (r.unit * r.times)::DECIMAL(38, 12) AS grain,
            step % (r.unit * (r.times // 10)) <> 0 AS odd
        FROM stepped s JOIN regular r ON {same("r", "s", TABLE)}
    )
    SELECT {relation_id(rule, "f.observation_id")} AS relation_id, f.submission_id,
        {quoted(rule.rule_id)} AS rule, {quoted(rule.kind)} AS kind,
        CASE WHEN odd THEN 'fails' ELSE 'holds' END AS status,
        step - step % grain AS computed, NULL::DECIMAL(38, 12) AS low,
        NULL::DECIMAL(38, 12) AS high, step AS found, step % grain AS gap, false AS improbable,
        [{term("d.figure", "found")}, {term("d.previous", "previous")}] AS terms,
        [grain::DECIMAL(38, 0)::VARCHAR] AS named
    FROM decided d JOIN judged_figure f ON f.figure = d.figure"""


def _regular(grain: int, share: int) -> str:
    """Whether nearly all steps are multiples of a grain."""
    return f"100 * count(*) FILTER (step % (unit * {grain}) = 0) >= {share} * count(*)"


def _widest(share: int) -> str:
    """The widest grain that a table is regular in."""
    wider = reversed(GRAINS[1:])
    return " ".join(f"WHEN {_regular(one, share)} THEN {one}" for one in wider)
