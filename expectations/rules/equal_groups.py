"""Two groups that are the same whole, parted in two ways, agree.

Holds: all spending 151.904, spending by cost item in all 151.904. Holds by rounding: 151,9 billion
beside 151.904 million.

Fails: 151.904 beside 151.940.
"""

from expectations.rules.linear import NO_SQUARE, judged_linear
from expectations.rules.rule import Rule
from expectations.rules.text import quoted, term, within

# The other whole in the same table, else those printed elsewhere.
NEAREST = """QUALIFY w.table_no = f.table_no
        OR NOT bool_or(w.table_no = f.table_no) OVER (PARTITION BY f.figure)"""


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between each whole and its other name."""
    pairs = ", ".join(f"({quoted(one)}, {quoted(other)})" for one, other in rule.applies["equal"])
    rows = f"""
    SELECT f.submission_id, concat_ws('|', f.observation_id, w.observation_id) AS identity,
        f.value AS found, f.half_width AS found_half, w.value AS computed, w.half_width AS half,
        {NO_SQUARE} AS square, true AS known,
        [{term("f.figure", "found")}, {term("w.figure", "other")}] AS terms
    FROM judged_named f
    JOIN (VALUES {pairs}) c(one, other) ON c.one = f.group_code
    JOIN judged_meaning m ON m.indicator = f.indicator AND m.group_code = c.other
    JOIN judged_figure w ON w.place = f.place AND w.meaning_no = m.meaning_no
    WHERE {within(rule, "f.period")}
    {NEAREST}"""
    return judged_linear(rule, rows, "equal")
