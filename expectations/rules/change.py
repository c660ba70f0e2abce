"""A change on the year before is this year less last year, within one table.

Holds (Cao Bằng 2015): 475.608 − 491.421 = −15.813. Holds by rounding: 36.193 − 35.510 = 683,
printed 682, when all three are printed to the unit.

Fails: 475.608 − 491.421 with −15.183 printed. Last year may be an actual where this year is a plan;
where a table prints several figures for last year, the one that fits best is meant.
"""

from expectations.rules.linear import judged_linear, square_of
from expectations.rules.rule import Rule
from expectations.rules.text import among, same, term, within

PLACE = ("submission_id", "table_id", "area_code", "group_code")
LAST = "(TRY_CAST(left(c.period, 4) AS INTEGER) - 1)::VARCHAR || substr(c.period, 5)"


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between a printed change and the two years it lies between."""
    rows = f"""
    SELECT c.submission_id, c.observation_id AS identity, c.value AS found,
        c.half_width AS found_half, n.value - l.value AS computed,
        n.half_width + l.half_width AS half,
        {square_of("n.half_width")} + {square_of("l.half_width")} AS square, true AS known,
        list_filter([{term("c", "found")}, {term("n", "count")}, {term("l", "last_year", -1)}],
            lambda t: t.observation_id IS NOT NULL) AS terms
    FROM judged_figure c
    LEFT JOIN judged_figure n ON {same("n", "c", (*PLACE, "period", "scenario"))}
        AND n.indicator = c.numerator
    LEFT JOIN judged_figure l ON {same("l", "c", PLACE)}
        AND l.indicator = c.numerator AND l.period = {LAST}
    WHERE {among("c.kind", rule.applies["indicator_kinds"])} AND {within(rule, "c.period")}
    QUALIFY row_number() OVER (
        PARTITION BY c.observation_id
        ORDER BY abs(n.value - l.value - c.value), l.scenario, l.observation_id) = 1"""
    return judged_linear(rule, rows, "equal")
