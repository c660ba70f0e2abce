"""A province's rate lies between the lowest and the highest of its districts' rates.

Holds: districts from 72,4% to 99,8%, the province 94,6%. Holds by rounding: the only two districts
94,5% and 94,5%, the province 94,6%.

Fails: the same districts and 99,9%, or 49,6% with two digits swapped. A rate over the whole is a
mean of the parts' rates, whatever their weights, when the parts are all of them: when the table
lists every district that the province had on the document's date or in the period's year. Where
the province prints count and population its rate is judged by those.
"""

from expectations.rules.linear import relation_id
from expectations.rules.rule import Rule
from expectations.rules.sum_areas import REQUIRED
from expectations.rules.text import of_kinds, quoted, same, term

RANGE = ("submission_id", "table_no", "structure", "period", "scenario", "indicator", "group_code")
KEY = ("submission_id", "indicator", "group_code", "period", "scenario")
NEEDS = ("judged_upper",)


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between each whole's percentage and the range of its parts'."""
    columns = ", ".join(RANGE)
    return f"""
    WITH whole AS MATERIALIZED (
        SELECT f.* FROM ({of_kinds(rule)}) f
        SEMI JOIN judged_upper u ON u.upper_place = f.place
    ),
    lone AS MATERIALIZED (
        SELECT w.* FROM whole w ANTI JOIN (
            SELECT w.figure FROM whole w
            JOIN judged_named n ON n.place = w.place AND n.indicator = w.numerator
                AND n.group_code = w.group_code
            JOIN judged_named d ON d.place = w.place AND d.indicator = w.denominator
                AND d.group_code = w.group_code
        ) printed ON printed.figure = w.figure
    ),
    part AS MATERIALIZED (
        SELECT f.*, a.parent AS structure FROM ({of_kinds(rule)}) f
        JOIN judged_upper a ON a.place = f.place
        SEMI JOIN lone l ON l.place = a.upper_place
            AND {same("l", "f", ("indicator", "group_code"))}
    ),
    asked AS (SELECT DISTINCT submission_id, structure, period FROM part),
    required AS ({REQUIRED}),
    spread AS MATERIALIZED (
        SELECT {columns}, min(value - half_width) AS low, max(value + half_width) AS high,
            min(value) AS least, max(value) AS most, list(DISTINCT area_code) AS members,
            list({term("figure", "term")}) AS terms
        FROM part GROUP BY {columns}
    ),
    -- The whole's own rate in the same table, else those printed elsewhere.
    tested AS (
        SELECT s.*, f.figure, f.observation_id, f.value AS found, f.half_width
        FROM spread s JOIN lone f ON f.area_code = s.structure AND {same("f", "s", KEY)}
        QUALIFY f.table_no = s.table_no OR NOT bool_or(f.table_no = s.table_no) OVER (
            PARTITION BY {", ".join(f"s.{column}" for column in RANGE)})
    ),
    decided AS (
        SELECT t.*, concat_ws('|', observation_id, table_no) AS identity,
            len(list_filter(q.options, lambda m: len(m) > 0 AND list_has_all(members, m))) > 0
                AS complete,
            least(greatest(found, least), most) AS computed
        FROM tested t
        LEFT JOIN required q ON {same("q", "t", ("submission_id", "structure", "period"))}
    )
    SELECT {relation_id(rule)} AS relation_id, submission_id, {quoted(rule.rule_id)} AS rule,
        {quoted(rule.kind)} AS kind,
        CASE WHEN NOT coalesce(complete, false) THEN 'unknown'
            WHEN found = computed THEN 'holds'
            WHEN found + half_width >= low AND found - half_width <= high THEN 'rounding'
            ELSE 'fails' END AS status,
        computed, low, high, found, found - computed AS gap, false AS improbable,
        list_prepend({term("figure", "found")}, terms) AS terms
    FROM decided"""
