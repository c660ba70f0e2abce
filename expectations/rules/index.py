"""An index on the year before is this year over last year, in percent, within one table.

Holds (Cao Bằng 2015): 475.608 / 491.421 = 96,78, printed 97%. Where last year is not printed it is
this year less the printed change: 491.421 / (491.421 − 659) = 100,13, printed 100%.

Fails: the first with 79% printed.
"""

from expectations.rules.change import COLUMN, LAST, NOW
from expectations.rules.ratio import judged_ratio
from expectations.rules.rule import Rule
from expectations.rules.text import of_kinds, present, same, term

# Narrow types, so that the product cannot overflow; it only says which of several figures for last
# year is meant.
MISFIT = """abs(TRY_CAST(c.value AS DECIMAL(15, 4)) * TRY_CAST(l.value AS DECIMAL(20, 4))
                - 100 * TRY_CAST(n.value AS DECIMAL(20, 4)))"""
TERMS = [
    term("c.figure", "found"),
    term("n.figure", "count"),
    term("l.figure", "base"),
    # The change only where last year is not printed.
    term("CASE WHEN l.figure IS NULL THEN g.figure END", "change"),
]


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between an index and the two years it compares."""
    rows = f"""
    WITH matched AS (
        SELECT c.submission_id, c.observation_id AS identity, c.value AS found,
            c.half_width AS found_half, n.value AS n, n.half_width AS nh,
            l.value AS l, l.half_width AS lh, l.figure AS last_figure,
            g.value AS g, g.half_width AS gh, {present(TERMS)} AS terms
        FROM ({of_kinds(rule)}) c
        LEFT JOIN judged_named n ON {same("n", "c", NOW)} AND n.indicator = c.numerator
        LEFT JOIN judged_named l ON {same("l", "c", COLUMN)} AND l.indicator = c.numerator
            AND l.period = {LAST}
        LEFT JOIN code_indicator i ON i.kind = 'change' AND i.numerator = c.numerator
        LEFT JOIN judged_named g ON {same("g", "c", NOW)} AND g.indicator = i.indicator
        QUALIFY row_number() OVER (
            PARTITION BY c.observation_id
            ORDER BY {MISFIT}, l.scenario, l.observation_id) = 1
    )
    {_over_last_year()} UNION ALL {_over_count_less_change()}"""
    return judged_ratio(rule, rows)


def _over_last_year() -> str:
    return """
    SELECT submission_id, identity, found, found_half, n AS over, l AS under,
        greatest(n - nh, 0) AS low_over, l + lh AS low_under,
        n + nh AS high_over, l - lh AS high_under, terms
    FROM matched WHERE last_figure IS NOT NULL OR g IS NULL"""


def _over_count_less_change() -> str:
    """n / (n - g) grows with g, falls with n where g > 0, and grows with n where g < 0."""
    low_n = "CASE WHEN g - gh > 0 THEN n + nh ELSE greatest(n - nh, 0) END"
    high_n = "CASE WHEN g + gh > 0 THEN greatest(n - nh, 0) ELSE n + nh END"
    return f"""
    SELECT submission_id, identity, found, found_half, n AS over, n - g AS under,
        {low_n} AS low_over, {low_n} - (g - gh) AS low_under,
        {high_n} AS high_over, {high_n} - (g + gh) AS high_under, terms
    FROM matched WHERE last_figure IS NULL AND g IS NOT NULL"""
