"""A share is its part over the total, in percent.

Holds: 49,471 / 474,863 = 10.418, printed 10.42.

Fails (Kon Tum 2018): 60,921 / 474,863 = 12.829, printed 12.90. Only groups that part the total
itself: a sub-group's share may be of the total or of its group.
"""

from expectations.rules.ratio import judged_ratio, matched
from expectations.rules.rule import Rule
from expectations.rules.text import of_kinds

WANTED = """
        SELECT *, denominator AS base_indicator, 'total' AS base_group, 0 AS preference
        FROM rated"""


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between shares, parts and totals."""
    rated = f"""
        SELECT * FROM ({of_kinds(rule)}) s
        WHERE meaning_no IN (
            SELECT meaning_no FROM judged_meaning o JOIN code_membership m
                ON m.indicator = o.indicator AND m.member = o.group_code AND m.parent = 'total')"""
    return judged_ratio(rule, matched(rated, WANTED))
