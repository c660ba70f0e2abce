"""A rate or a share is at most 100%.

Holds: 99,86. Fails: 945 (a lost decimal comma), 100,07.
"""

from expectations.rules.linear import NO_SQUARE, judged_linear
from expectations.rules.rule import Rule
from expectations.rules.text import of_kinds, quoted, term


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between each percentage and its ceiling."""
    ceiling = f"{quoted(rule.applies['ceiling'])}::DECIMAL(38, 12)"
    rows = f"""
        SELECT submission_id, observation_id AS identity, value AS found,
            half_width AS found_half, {ceiling} AS computed, 0::DECIMAL(38, 12) AS half,
            {NO_SQUARE} AS square, true AS known, [{term("figure", "found")}] AS terms
        FROM ({of_kinds(rule)})"""
    return judged_linear(rule, rows, "at_most")
