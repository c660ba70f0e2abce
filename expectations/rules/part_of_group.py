"""A group is not above the whole that holds it.

Holds: 3 inspectors, 3 of them at the department. Holds by rounding: 12,4 thousand of 12.390 people.

Fails (Kon Tum 2009): 3 inspectors, 4 of them at the department.
"""

from expectations.rules.bounds import bounded
from expectations.rules.linear import judged_linear
from expectations.rules.rule import Rule
from expectations.rules.text import among


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between each group and the wholes that hold it."""
    pairs = f"""
        SELECT DISTINCT p.meaning_no AS part_no, w.meaning_no AS whole_no
        FROM code_membership m
        JOIN judged_meaning p ON p.indicator = m.indicator AND p.group_code = m.member
        JOIN judged_meaning w ON w.indicator = m.indicator AND w.group_code = m.parent
        WHERE {among("m.kind", rule.applies["indicator_kinds"])}"""
    return judged_linear(rule, bounded(rule, pairs), "at_most")
