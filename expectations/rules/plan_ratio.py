"""What was done over what was planned is the printed percent of the plan.

Holds: 66.240 people of 65.000 planned are 101,9%.

Fails: the same with 109,1% printed. Plan and actual stand in the percentage's own table, else
anywhere in the submission; an estimate (`Ước thực hiện`) is measured as an actual is. Where the
plan was not printed it is unknown.
"""

from expectations.rules.ratio import judged_ratio
from expectations.rules.rule import Rule
from expectations.rules.text import of_kinds, present, term

TERMS = [term("r.figure", "found"), term("n.figure", "count"), term("d.figure", "base")]
# "Ước TH/KH (%)" is of the estimate; what says neither may be of either.
NEAREST = (
    "ORDER BY (n.figure IS NULL), (a.scenario = r.scenario) DESC, "
    "(n.table_no = r.table_no)::INTEGER + (d.table_no = r.table_no)::INTEGER DESC"
)


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between a printed percent of plan, the actual and the plan."""
    rows = f"""
    SELECT r.submission_id, r.observation_id AS identity, r.value AS found,
        r.half_width AS found_half, n.value AS over, d.value AS under,
        greatest(n.value - n.half_width, 0) AS low_over, d.value + d.half_width AS low_under,
        n.value + n.half_width AS high_over, d.value - d.half_width AS high_under,
        {present(TERMS)} AS terms
    FROM ({of_kinds(rule)}) r
    LEFT JOIN judged_place a ON {_same_place("a", "actual", "estimate")}
    LEFT JOIN judged_place p ON {_same_place("p", "plan")}
    LEFT JOIN judged_meaning m ON m.indicator = r.numerator AND m.group_code = r.group_code
    LEFT JOIN judged_figure n ON n.place = a.place AND n.meaning_no = m.meaning_no
    LEFT JOIN judged_figure d ON d.place = p.place AND d.meaning_no = m.meaning_no
    QUALIFY row_number() OVER (
        PARTITION BY r.figure {NEAREST}, n.observation_id, d.observation_id) = 1"""
    return judged_ratio(rule, rows)


def _same_place(alias: str, *scenarios: str) -> str:
    said = ", ".join(f"'{scenario}'" for scenario in scenarios)
    return (
        f"{alias}.submission_id = r.submission_id AND {alias}.area_code = r.area_code "
        f"AND {alias}.period = r.period AND {alias}.scenario IN ({said})"
    )
