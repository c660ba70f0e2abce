"""A rule as declared in rules.yml: what must hold, how grave, since when, and in which words."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from expectations.yaml_files import read_yaml
from warehouse.model import Severity

RULES_FILE = Path(__file__).with_name("rules.yml")
SEVERITIES: dict[str, Severity] = {"critical": "critical", "warning": "warning", "info": "info"}


class RuleError(ValueError):
    """A rule that is declared wrongly; the text names the rule and what is wrong."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; `ess_level` is the European validation level (0 structure, 1 within a table,
    2 across tables or years of one source, 3 against another source).

    `applies` says what the rule attaches to, in the words of its kind: kinds of
    indicators, pairs of indicators, groups. `valid_from` and `valid_to` bound the
    periods of the figures that it judges.
    """

    rule_id: str
    kind: str
    severity: Severity
    ess_level: int
    valid_from: dt.date | None
    valid_to: dt.date | None
    title_vi: str
    title_en: str
    sentence_vi: str
    sentence_en: str
    applies: Mapping[str, Any]


@cache
def load_rules(path: Path = RULES_FILE) -> tuple[Rule, ...]:
    """The declared rules in their order; raises RuleError with the rule at fault."""
    entries = read_yaml(path)
    rules = tuple(_rule(entry) for entry in entries)
    ids = [rule.rule_id for rule in rules]
    twice = sorted({rule_id for rule_id in ids if ids.count(rule_id) > 1})
    if twice:
        raise RuleError(f"{path.name}: declared twice: {', '.join(twice)}.")
    return rules


def rule(rule_id: str) -> Rule:
    """The rule of an id; raises RuleError when none is declared under it."""
    for declared in load_rules():
        if declared.rule_id == rule_id:
            return declared
    raise RuleError(f"There is no rule {rule_id!r}.")


def _rule(entry: dict[str, Any]) -> Rule:
    name = entry.get("id", "a rule without id")
    fields = {"rule_id" if key == "id" else key: value for key, value in entry.items()}
    try:
        return Rule(**{**fields, "severity": SEVERITIES[entry["severity"]]})
    except (TypeError, KeyError) as error:
        raise RuleError(f"{RULES_FILE.name}: {name}: {error}.") from error
