"""The kinds of rules, and how a rule is compiled into the SQL of its kind."""

from collections.abc import Callable, Mapping
from types import ModuleType

from expectations.rules import (
    areas_present,
    ceiling,
    change,
    earlier_report,
    equal_groups,
    groups_present,
    growth,
    implied,
    index,
    magnitude,
    part_of_group,
    part_of_indicator,
    per_head,
    plan_ratio,
    printed_once,
    range_of_parts,
    rate,
    regular_steps,
    rising,
    same_figure,
    series_gap,
    share,
    shares,
    since_last_year,
    sum_areas,
    sum_groups,
    sum_indicators,
    weighted,
)
from expectations.rules.rule import Rule, RuleError

MODULES: tuple[ModuleType, ...] = (
    areas_present,
    ceiling,
    change,
    earlier_report,
    equal_groups,
    groups_present,
    growth,
    implied,
    index,
    magnitude,
    part_of_group,
    part_of_indicator,
    per_head,
    plan_ratio,
    printed_once,
    range_of_parts,
    rate,
    regular_steps,
    rising,
    same_figure,
    series_gap,
    share,
    shares,
    since_last_year,
    sum_areas,
    sum_groups,
    sum_indicators,
    weighted,
)
KINDS: Mapping[str, ModuleType] = {module.__name__.rpartition(".")[2]: module for module in MODULES}
# What every compiled rule selects, one row a relation, beside `terms`; `named` where it has any.
RELATION_COLUMNS = (
    "relation_id, submission_id, rule, kind, status, computed, low, high, found, gap, improbable"
)


def compiled(rule: Rule) -> str:
    """The SELECT of a rule: RELATION_COLUMNS and the list of terms of each relation.

    Raises RuleError when the rule's kind has no file here.
    """
    if rule.kind not in KINDS:
        raise RuleError(f"{rule.rule_id}: there is no kind {rule.kind!r}.")
    compile_rule: Callable[[Rule], str] = KINDS[rule.kind].compile_rule
    return compile_rule(rule)
