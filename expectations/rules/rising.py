"""A plan's targets do not fall from one year to the next.

Holds: 95,5%, 96,0% and 96,0% planned. Holds by rounding: 312,2 thousand people, then 312.150.

Fails (Cao Bằng): 98,1% planned for 2015, 97,9% for 2016. Only what is aimed at (participants and
coverage, in all): a group may be meant to shrink. A plan may have its reasons: a warning.
"""

from expectations.rules.linear import NO_SQUARE, judged_linear
from expectations.rules.rule import Rule
from expectations.rules.text import among, term, within

SERIES = "table_no, area_code, indicator, group_code"


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between each target and the one of the year before."""
    rows = f"""
    WITH target AS (
        SELECT *, lag({{'figure': figure, 'observation_id': observation_id, 'value': value,
            'half_width': half_width}}) OVER (PARTITION BY {SERIES} ORDER BY period) AS last
        FROM judged_named
        WHERE scenario = 'plan' AND group_code = 'total' AND {within(rule, "period")}
            AND TRY_CAST(period AS INTEGER) IS NOT NULL
            AND {among("indicator", rule.applies["indicators"])}
    )
    SELECT submission_id, concat_ws('|', last.observation_id, observation_id) AS identity,
        last.value AS found, last.half_width AS found_half, value AS computed,
        half_width AS half, {NO_SQUARE} AS square, true AS known,
        [{term("last.figure", "found")}, {term("figure", "next")}] AS terms
    FROM target WHERE last IS NOT NULL"""
    return judged_linear(rule, rows, "at_most")
