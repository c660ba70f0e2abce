"""Component indicators add up to their whole: inpatient and outpatient visits to all visits.

Holds: 24,878 inpatient and 362,235 outpatient visits, 387,113 visits.

Fails: the same with 387,131 visits, two digits swapped. Judged where every component has a label.
"""

from expectations.rules.linear import judged_linear
from expectations.rules.partition import TERM_COLUMNS, partition_sums
from expectations.rules.rule import Rule
from expectations.rules.text import quoted, within


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between component indicators and their whole."""
    pairs = [(whole, part) for whole, parts in rule.applies["wholes"].items() for part in parts]
    values = ", ".join(f"({quoted(whole)}, {quoted(part)})" for whole, part in pairs)
    terms = f"""
        SELECT {TERM_COLUMNS}, c.whole AS structure, f.indicator AS member, f.place,
            w.meaning_no AS whole_no, f.group_code AS kin
        FROM judged_named f JOIN (VALUES {values}) c(whole, part) ON c.part = f.indicator
        LEFT JOIN judged_meaning w ON w.indicator = c.whole AND w.group_code = f.group_code
        WHERE {within(rule, "f.period")}"""
    required = f"""
        SELECT a.submission_id, a.structure, a.period, [list(c.part)] AS options,
            options AS expected
        FROM asked a JOIN (VALUES {values}) c(whole, part) ON c.whole = a.structure
        GROUP BY a.submission_id, a.structure, a.period"""
    return judged_linear(rule, partition_sums(terms, required), "equal")
