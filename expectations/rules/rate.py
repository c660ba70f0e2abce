"""A rate is its count over its population (or labour force), in percent.

Holds (Cao Bằng 2014): 491.421 / 519.538 = 94,588, printed 94,6%.

Fails (Hà Giang 2015): 66.240 / 441.500 = 15,003, printed 15,2. An average population stands in
where no population is printed. With terms in several places of a submission there is one relation
for each combination; the terms in the rate's own table go first.
"""

from expectations.rules.ratio import judged_ratio, matched
from expectations.rules.rule import Rule
from expectations.rules.text import among, quoted, within


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between rates, counts and populations."""
    rated = f"""
        SELECT * FROM judged_figure
        WHERE {among("kind", rule.applies["indicator_kinds"])} AND {within(rule, "period")}"""
    numerator = "n.indicator = r.numerator AND n.group_code = r.group_code"
    stands_in = " ".join(
        f"WHEN r.denominator = {quoted(meant)} AND d.indicator = {quoted(other)} THEN 1"
        for meant, other in rule.applies["stands_in"].items()
    )
    preference = f"CASE WHEN d.indicator = r.denominator THEN 0 {stands_in} END"
    based = f"""
        SELECT r.observation_id AS rate_id, d.observation_id, d.table_id, d.value, d.half_width
        FROM rated r JOIN judged_figure d
            ON {{place}} AND d.group_code = r.group_code AND {preference} IS NOT NULL
        QUALIFY {preference} = min({preference}) OVER (PARTITION BY r.observation_id)"""
    return judged_ratio(rule, matched(rated, numerator, based))
