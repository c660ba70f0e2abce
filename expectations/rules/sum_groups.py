"""Groups add up to the total, sub-groups to their group, levels of care to all levels.

Holds (people, printed to the unit):

| group        | 2018    |
|--------------|---------|
| Tổng số      | 474,863 |
| - nhóm 1     | 413,942 |
| - nhóm 2     | 60,921  |

Fails: the same table with 61,921 in the last row; rounding explains half a unit for each of the
three figures, not 1,000. A blank cell counts as nothing where the sum holds without it; where
something is missing that it may stand for, the sum is unknown. A partition whose members need not
all be printed (sub-groups) is judged only where the table's other columns show that it adds up.
"""

from expectations.rules.linear import judged_linear
from expectations.rules.partition import TERM_COLUMNS, partition_sums, required_of_groups
from expectations.rules.rule import Rule
from expectations.rules.text import among, within


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between groups and the whole that they part."""
    terms, required = group_terms(rule), required_of_groups()
    return judged_linear(rule, partition_sums(terms, required), "equal")


def group_terms(rule: Rule) -> str:
    """The figures of member groups, each with its whole, of the kinds the rule applies to."""
    top = "m.parent = 'total'" if rule.applies["whole"] == "total" else "m.parent <> 'total'"
    return f"""
        SELECT {TERM_COLUMNS}, m.structure, m.member, f.place, w.meaning_no AS whole_no, '' AS kin
        FROM judged_named f JOIN code_membership m
            ON m.indicator = f.indicator AND m.member = f.group_code
        LEFT JOIN judged_meaning w ON w.indicator = m.indicator AND w.group_code = m.parent
        WHERE {among("m.kind", rule.applies["indicator_kinds"])} AND {top}
            AND {within(rule, "f.period")}"""
