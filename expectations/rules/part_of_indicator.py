"""One indicator is not above another that holds it: BHTN ≤ BHXH ≤ labour force ≤ population.

Holds: 9.673 insured against unemployment, 13.621 with social insurance, a labour force of 27.340.

Fails: 13.673 insured against unemployment in the same row.
"""

from expectations.rules.bounds import bounded
from expectations.rules.linear import judged_linear
from expectations.rules.rule import Rule
from expectations.rules.text import quoted, within


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between indicators of which one holds the other."""
    values = ", ".join(
        f"({quoted(part)}, {quoted(whole)})" for part, whole in rule.applies["at_most"]
    )
    pairs = f"""
        SELECT f.figure, f.observation_id, f.submission_id, f.table_no, f.place, f.value,
            f.half_width, f.group_code AS whole_group, c.whole AS whole_indicator
        FROM judged_figure f JOIN (VALUES {values}) c(part, whole) ON c.part = f.indicator
        WHERE {within(rule, "f.period")}"""
    return judged_linear(rule, bounded(pairs), "at_most")
