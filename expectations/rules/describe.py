"""The page docs/rules.md: every rule in words, with its kind's holding and failing tables."""

from collections.abc import Mapping
from inspect import getdoc
from typing import Any

from expectations.rules.examples import examples, markdown
from expectations.rules.kinds import kind_of
from expectations.rules.rule import Rule, load_rules

HEAD = """# The rules

Made from `expectations/rules/rules.yml` and the kinds beside it by `make docs`; a test fails when
it is out of date.

Every figure stands for an interval: `94,6%` for 94.55 to 94.65, 519.538 people for half a person
more or less, staff and facilities for exactly what is printed. A relation *holds* when its figures
satisfy it as printed (a percentage: when it is what its figures round to), holds by *rounding* when
some values inside the intervals do, and *fails* when none do. It is *unknown* when a term is
missing, or when nothing shows that the parts in the table are all of them. What holds by rounding
only beyond three standard deviations of the rounding errors is *improbable*: a warning.

Severity: `critical` quarantines the submission, `warning` is published and flagged, `info` is
noted. Level: 0 structure, 1 within a table, 2 across tables or years of a source, 3 against other
sources.
"""


def rules_markdown() -> str:
    """The whole page."""
    rules = load_rules()
    return "\n".join([HEAD, _overview(rules), *(_section(rule) for rule in rules)])


def _overview(rules: tuple[Rule, ...]) -> str:
    rows = [
        f"| [{one.rule_id}](#{one.rule_id}) | {one.severity} | {one.ess_level} "
        f"| {one.title_vi} | {one.title_en} |"
        for one in rules
    ]
    head = ["| rule | severity | level | tiếng Việt | English |", "| --- | --- | --- | --- | --- |"]
    return "\n".join([*head, *rows, ""])


def _section(rule: Rule) -> str:
    facts = [
        f"- severity {rule.severity}, level {rule.ess_level}, kind `{rule.kind}`",
        f"- valid for periods: {_validity(rule)}",
        f"- attaches to: {_attached(rule.applies)}",
        f"- vi: {rule.sentence_vi}",
        f"- en: {rule.sentence_en}",
    ]
    told = getdoc(kind_of(rule)) or ""
    heading = [f"## {rule.rule_id}", "", f"**{rule.title_vi}** · {rule.title_en}"]
    return "\n".join([*heading, "", *facts, "", told, "", *_tables(rule), ""])


def _tables(rule: Rule) -> list[str]:
    """A table in which the rule holds, and the same one with the cell that breaks it."""
    example = examples()[rule.rule_id]
    before = ("After an accepted report with", "", markdown(example.before or example.holding), "")
    return [
        *(before if example.before else ()),
        *("This table holds:", "", markdown(example.holding), ""),
        *("This one fails:", "", markdown(example.failing)),
    ]


def _validity(rule: Rule) -> str:
    if rule.valid_from is None and rule.valid_to is None:
        return "all"
    return f"{rule.valid_from or '…'} up to, not including, {rule.valid_to or '…'}"


def _attached(applies: Mapping[str, Any]) -> str:
    if not applies:
        return "every figure"
    return "; ".join(
        f"{name.replace('_', ' ')}: {_value(value)}" for name, value in applies.items()
    )


def _value(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_pair(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{name} ({_value(one)})" for name, one in value.items())
    return str(value)


def _pair(value: object) -> str:
    return " ≤ ".join(value) if isinstance(value, list) else str(value)
