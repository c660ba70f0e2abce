"""A figure is of a size that is possible at its level: a province has no 60 million people.

Holds: a district of 62.150 people, a province of 519.538. Fails: 62 or 62.150.000 people in a
district: thousands taken for people, or the other way round. The bounds leave room for the smallest
and the largest ever; zero is a district that was not there yet.
"""

from expectations.rules.linear import relation_id
from expectations.rules.rule import Rule
from expectations.rules.text import among, quoted, term, within


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between figures and the bounds of their level."""
    levels = {"country": 1, "province": 2, "district": 3}
    bounds = ", ".join(
        f"({levels[level]}, {quoted(str(low))}::DECIMAL(38, 12), "
        f"{quoted(str(high))}::DECIMAL(38, 12))"
        for level, (low, high) in rule.applies["between"].items()
    )
    return f"""
    SELECT {relation_id(rule, "observation_id")} AS relation_id, submission_id,
        {quoted(rule.rule_id)} AS rule, {quoted(rule.kind)} AS kind,
        CASE WHEN value + half_width < b.low OR value - half_width > b.high THEN 'fails'
            ELSE 'holds' END AS status,
        least(greatest(value, b.low), b.high) AS computed, b.low AS low, b.high AS high,
        value AS found, value - least(greatest(value, b.low), b.high) AS gap,
        false AS improbable, [{term("figure", "found")}] AS terms
    FROM judged_named f JOIN (VALUES {bounds}) b(level, low, high) ON b.level = f.level
    WHERE {among("indicator", rule.applies["indicators"])} AND group_code = 'total'
        AND value <> 0 AND {within(rule, "period")}"""
