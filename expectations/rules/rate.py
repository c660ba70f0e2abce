"""A rate is its count over its population (or labour force), in percent.

Holds (Cao Bằng 2014): 491.421 / 519.538 = 94,588, printed 94,6%.

Fails (Hà Giang 2015): 66.240 / 441.500 = 15,003, printed 15,2. An average population stands in
where no population is printed. With terms in several places of a submission there is one relation
for each combination; the terms in the rate's own table go first.
"""

from expectations.rules.ratio import judged_ratio, matched
from expectations.rules.rule import Rule
from expectations.rules.text import of_kinds, quoted


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between rates, counts and populations."""
    stands_in = "".join(
        f" UNION ALL SELECT *, {quoted(other)} AS base_indicator, 1 AS preference "
        f"FROM rated WHERE denominator = {quoted(meant)}"
        for meant, other in rule.applies["stands_in"].items()
    )
    wanted = f"""
        SELECT *, group_code AS base_group FROM (
            SELECT *, denominator AS base_indicator, 0 AS preference FROM rated {stands_in})"""
    return judged_ratio(rule, matched(of_kinds(rule), wanted))
