"""The shares of a partition add up to 100%.

Holds by rounding (three shares of one decimal): 33.3 + 33.3 + 33.3 = 99.9; each is off by at most
0.05, so 100 is within 99.75..100.05.

Fails (Kon Tum 2018): 8.13 + 1.82 + 66.80 + 10.42 + 12.90 = 100.07; five shares of two decimals
explain 0.025, not 0.07.
"""

from expectations.rules.linear import judged_linear
from expectations.rules.partition import constant, partition_sums, required_of_groups
from expectations.rules.rule import Rule
from expectations.rules.sum_groups import group_terms

WHOLE_PCT = "100"


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between the shares of a partition and 100."""
    rows = partition_sums(group_terms(rule), required_of_groups(), constant(WHOLE_PCT))
    return judged_linear(rule, rows, "equal")
