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

GRAINS = "[100, 1000, 10000, 100000]"
TABLE = ("table_no", "indicator", "unit")


def compile_rule(rule: Rule) -> str:
    """SQL for the relations of the steps in tables whose steps are round."""
    share, steps = rule.applies["share_pct"], rule.applies["steps"]
    return f"""
    WITH stepped AS MATERIALIZED (
        SELECT *, value - last.value AS step,
            CASE WHEN half_width > 0 THEN 2 * half_width ELSE 1::DECIMAL(38, 12) END AS unit
        FROM judged_step
        WHERE {among("kind", rule.applies["indicator_kinds"])} AND value <> last.value
            AND half_width = last.half_width AND {within(rule, "period")}
    ),
    grained AS (
        SELECT {", ".join(TABLE)}, unnest({GRAINS}) AS times,
            list(step) AS steps FROM stepped GROUP BY {", ".join(TABLE)} HAVING count(*) >= {steps}
    ),
    regular AS (
        SELECT {", ".join(TABLE)}, max(times) AS times FROM grained
        WHERE 100 * len(list_filter(steps, lambda s: s % (unit * times) = 0))
            >= {share} * len(steps)
        GROUP BY {", ".join(TABLE)}
    ),
    decided AS (
        SELECT s.*, (r.unit * r.times)::DECIMAL(38, 12) AS grain,
            step % (r.unit * (r.times // 10)) <> 0 AS odd
        FROM stepped s JOIN regular r ON {same("r", "s", TABLE)}
    )
    SELECT {relation_id(rule, "observation_id")} AS relation_id, submission_id,
        {quoted(rule.rule_id)} AS rule, {quoted(rule.kind)} AS kind,
        CASE WHEN odd THEN 'fails' ELSE 'holds' END AS status,
        step - step % grain AS computed, NULL::DECIMAL(38, 12) AS low,
        NULL::DECIMAL(38, 12) AS high, step AS found, step % grain AS gap, false AS improbable,
        [{term("figure", "found")}, {term("last.figure", "previous")}] AS terms,
        [grain::DECIMAL(38, 0)::VARCHAR] AS named
    FROM decided"""
