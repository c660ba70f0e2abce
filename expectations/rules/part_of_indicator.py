"""One indicator is not above another that holds it: BHTN ≤ BHXH ≤ labour force ≤ population.

Holds: 9.673 insured against unemployment, 13.621 with social insurance, a labour force of 27.340.

Fails: 13.673 insured against unemployment in the same row.
"""

from expectations.rules.bounds import bounded
from expectations.rules.linear import judged_linear
from expectations.rules.rule import Rule
from expectations.rules.text import quoted


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between indicators of which one holds the other."""
    values = ", ".join(
        f"({quoted(part)}, {quoted(whole)})" for part, whole in rule.applies["at_most"]
    )
    pairs = f"""
        SELECT p.meaning_no AS part_no, w.meaning_no AS whole_no
        FROM (VALUES {values}) c(part, whole)
        JOIN judged_meaning p ON p.indicator = c.part
        JOIN judged_meaning w ON w.indicator = c.whole AND w.group_code = p.group_code"""
    return judged_linear(rule, bounded(rule, pairs), "at_most")
