"""A share is its part over the total, in percent.

Holds: 49,471 / 474,863 = 10.418, printed 10.42.

Fails (Kon Tum 2018): 60,921 / 474,863 = 12.829, printed 12.90. Only groups that part the total
itself: a sub-group's share may be of the total or of its group.
"""

from expectations.rules.ratio import judged_ratio, matched
from expectations.rules.rule import Rule
from expectations.rules.text import among, within


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between shares, parts and totals."""
    rated = f"""
        SELECT f.* FROM judged_figure f
        JOIN (SELECT DISTINCT indicator, member FROM code_membership WHERE parent = 'total') m
            ON m.indicator = f.indicator AND m.member = f.group_code
        WHERE {among("f.kind", rule.applies["indicator_kinds"])} AND {within(rule, "f.period")}"""
    numerator = "n.indicator = r.numerator AND n.group_code = r.group_code"
    based = """
        SELECT r.observation_id AS rate_id, d.observation_id, d.table_id, d.value, d.half_width
        FROM rated r JOIN judged_figure d
            ON {place} AND d.indicator = r.denominator AND d.group_code = 'total'"""
    return judged_ratio(rule, matched(rated, numerator, based))
