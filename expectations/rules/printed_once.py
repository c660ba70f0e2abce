"""A figure stands once in its table.

Holds: every district has one row. Fails: a district has two rows with the same figures: one of
them is another district's, or is counted twice. With different figures the two contradict each
other, and `same_figure` says that.
"""

from expectations.rules.linear import relation_id
from expectations.rules.rule import Rule
from expectations.rules.text import quoted, term, within

NEEDS = ("judged_repeat",)


def compile_rule(rule: Rule) -> str:
    """SQL for one relation for each further print of a figure in its own table."""
    return f"""
    WITH twice AS (
        SELECT r.*, f.figure AS first, f.value AS first_value,
            concat_ws('|', r.observation_id, f.observation_id) AS identity
        FROM judged_repeat r
        JOIN judged_figure f ON f.table_no = r.table_no AND f.meaning = r.meaning
        JOIN judged_place p ON p.place = r.place
        WHERE abs(r.value - f.value) <= r.half_width + f.half_width AND {within(rule, "p.period")}
    )
    SELECT {relation_id(rule)} AS relation_id, submission_id, {quoted(rule.rule_id)} AS rule,
        {quoted(rule.kind)} AS kind, 'fails' AS status, first_value AS computed,
        NULL::DECIMAL(38, 12) AS low, NULL::DECIMAL(38, 12) AS high, value AS found,
        value - first_value AS gap, false AS improbable,
        [{term("figure", "found")}, {term("first", "other")}] AS terms
    FROM twice"""
