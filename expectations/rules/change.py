"""A change on the year before is this year less last year, within one table.

Holds (Cao Bằng 2015): 475.608 − 491.421 = −15.813. Holds by rounding: 36.193 − 35.510 = 683,
printed 682, when all three are printed to the unit.

Fails: 475.608 − 491.421 with −15.183 printed. Last year may be an actual where this year is a plan;
where a table prints several figures for last year, the one that fits best is meant.
"""

from expectations.rules.linear import NO_SQUARE, judged_linear
from expectations.rules.rule import Rule
from expectations.rules.text import of_kinds, present, same, term

COLUMN = ("table_no", "area_code", "group_code")
NOW = ("table_no", "place", "group_code")
LAST = "(TRY_CAST(left(c.period, 4) AS INTEGER) - 1)::VARCHAR || substr(c.period, 5)"
TERMS = [
    term("c.figure", "found"),
    term("n.figure", "count"),
    term("l.figure", "last_year", -1),
]


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between a printed change and the two years it lies between."""
    rows = f"""
    SELECT c.submission_id, c.observation_id AS identity, c.value AS found,
        c.half_width AS found_half, n.value - l.value AS computed,
        n.half_width + l.half_width AS half,
        {NO_SQUARE} AS square, true AS known,
        {present(TERMS)} AS terms
    FROM ({of_kinds(rule)}) c
    LEFT JOIN judged_named n ON {same("n", "c", NOW)} AND n.indicator = c.numerator
    LEFT JOIN judged_named l ON {same("l", "c", COLUMN)} AND l.indicator = c.numerator
        AND l.period = {LAST}
    QUALIFY row_number() OVER (
        PARTITION BY c.observation_id
        ORDER BY abs(n.value - l.value - c.value), l.scenario, l.observation_id) = 1"""
    return judged_linear(rule, rows, "equal")
