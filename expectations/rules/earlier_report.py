"""A figure is the one that the province reported before, in a report that was accepted.

Holds: 519.538 people in 2014, in the plan of 2015 and in the report of 2016; a first report.

Fails: 519.538 in the plan, 521.500 in the report. Estimates are revised and plans changed, so it is
a warning. The most precise print of each report is compared, with the latest report before.
"""

from expectations.rules.linear import NO_SQUARE, judged_linear
from expectations.rules.rule import Rule
from expectations.rules.text import among, term, within

NEEDS = ("judged_earlier",)


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between figures and what was reported of them before."""
    rows = f"""
    SELECT f.submission_id, concat_ws('|', f.observation_id, e.observation_id) AS identity,
        f.value AS found, f.half_width AS found_half, e.value AS computed, e.half_width AS half,
        {NO_SQUARE} AS square, true AS known,
        [{term("f.figure", "found")}, {term("e.figure", "earlier")}] AS terms
    FROM judged_earlier e JOIN judged_named f ON f.meaning = e.meaning
    WHERE e.years_before = 0 AND {among("f.kind", rule.applies["indicator_kinds"])}
        AND {within(rule, "f.period")}
    QUALIFY row_number() OVER (
        PARTITION BY e.figure ORDER BY f.half_width, f.observation_id) = 1"""
    return judged_linear(rule, rows, "equal")
