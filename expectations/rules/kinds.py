"""The kinds of rules, and how a rule is compiled into the SQL of its kind.

A kind is the file of that name beside this one: its docstring shows what holds and what fails, its
`compile_rule` gives the SQL, its `NEEDS` (if any) the tables without rows of which it says nothing.
"""

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from types import ModuleType

from expectations.rules.rule import Rule, RuleError, load_rules

# What every compiled rule selects, one row a relation, beside `terms`; `named` where it has any.
RELATION_COLUMNS = (
    "relation_id, submission_id, rule, kind, status, computed, low, high, found, gap, improbable"
)


@cache
def kinds() -> Mapping[str, ModuleType]:
    """The kinds that the declared rules are of, by name."""
    return {name: kind_of(rule) for name, rule in {one.kind: one for one in load_rules()}.items()}


def kind_of(rule: Rule) -> ModuleType:
    """The module of a rule's kind; raises RuleError when there is no such file."""
    name = f"{__package__}.{rule.kind}"
    try:
        module = import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise RuleError(f"{rule.rule_id}: there is no kind {rule.kind!r}.") from error
    if not hasattr(module, "compile_rule"):
        raise RuleError(f"{rule.rule_id}: {rule.kind!r} is no kind of rule.")
    return module


def compiled(rule: Rule) -> str:
    """The SELECT of a rule: RELATION_COLUMNS and the list of terms of each relation.

    Raises RuleError when the rule's kind has no file here.
    """
    compile_rule: Callable[[Rule], str] = kind_of(rule).compile_rule
    return compile_rule(rule)
