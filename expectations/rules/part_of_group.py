"""A group is not above the whole that holds it.

Holds: 3 inspectors, 3 of them at the department. Holds by rounding: 12,4 thousand of 12.390 people.

Fails (Kon Tum 2009): 3 inspectors, 4 of them at the department.
"""

from expectations.rules.bounds import bounded
from expectations.rules.linear import judged_linear
from expectations.rules.rule import Rule
from expectations.rules.text import among, within


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between each group and the wholes that hold it."""
    pairs = f"""
        SELECT f.figure, f.observation_id, f.submission_id, f.table_no, f.place, f.value,
            f.half_width, m.parent AS whole_group, f.indicator AS whole_indicator
        FROM judged_figure f
        JOIN (SELECT DISTINCT indicator, kind, parent, member FROM code_membership) m
            ON m.indicator = f.indicator AND m.member = f.group_code
        WHERE {among("m.kind", rule.applies["indicator_kinds"])} AND {within(rule, "f.period")}"""
    return judged_linear(rule, bounded(pairs), "at_most")
