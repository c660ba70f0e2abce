"""A rate or a share is at most 100%.

Holds: 99,86. Fails: 945 (a lost decimal comma), 100,07.
"""

from expectations.rules.linear import judged_linear
from expectations.rules.rule import Rule
from expectations.rules.text import among, quoted, term, within


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between each percentage and its ceiling."""
    ceiling = f"{quoted(rule.applies['ceiling'])}::DECIMAL(38, 12)"
    rows = f"""
        SELECT submission_id, observation_id AS identity, value AS found,
            half_width AS found_half, {ceiling} AS computed, 0::DECIMAL(38, 12) AS half,
            0 AS square, true AS known, [{term("f", "found")}] AS terms
        FROM judged_figure f
        WHERE {among("kind", rule.applies["indicator_kinds"])} AND {within(rule, "period")}"""
    return judged_linear(rule, rows, "at_most")
