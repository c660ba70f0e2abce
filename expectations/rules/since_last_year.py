"""A population is near the one that the province reported for the year before.

Holds: 519.538 people in 2014, accepted; 521.500 reported for 2015.

Fails: 571.500 reported for 2015, 10% more. Growth of more than `apart_pct` a year, up or down, is a
change of units or of sources, or a slip. Where the report itself tells of the year before, its own
series is looked at instead.
"""

from expectations.rules.linear import relation_id
from expectations.rules.rule import Rule
from expectations.rules.text import among, quoted, term, within

NEEDS = ("judged_earlier",)


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between a figure and the accepted one of the year before."""
    percent = f"{quoted(str(rule.applies['apart_pct']))}::DECIMAL(5, 2)"
    share = f"e.value::DECIMAL(20, 4) * {percent} * 0.01::DECIMAL(3, 2)"
    return f"""
    WITH followed AS (
        SELECT f.*, e.figure AS earlier, e.value AS computed,
            ({share})::DECIMAL(38, 12) AS apart
        FROM judged_earlier e JOIN judged_named f ON f.meaning = e.meaning
        ANTI JOIN judged_step s ON s.figure = f.figure
        WHERE e.years_before = 1 AND e.value BETWEEN 1 AND 1000000000
            AND {among("f.indicator", rule.applies["indicators"])} AND {within(rule, "f.period")}
        QUALIFY row_number() OVER (
            PARTITION BY e.figure ORDER BY f.half_width, f.observation_id) = 1
    )
    SELECT {relation_id(rule, "observation_id")} AS relation_id, submission_id,
        {quoted(rule.rule_id)} AS rule, {quoted(rule.kind)} AS kind,
        CASE WHEN abs(value - computed) <= apart + half_width THEN 'holds' ELSE 'fails' END
            AS status,
        computed, computed - apart AS low, computed + apart AS high, value AS found,
        value - computed AS gap, false AS improbable,
        [{term("figure", "found")}, {term("earlier", "earlier")}] AS terms
    FROM followed"""
