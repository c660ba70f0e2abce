"""The suites of Great Expectations as files: made from the rules, committed, readable in a diff.

Write them anew after a change of rules.yml with `python -m expectations.suite_files`.
"""

import json
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from expectations.rules.rule import Rule, load_rules

SUITES = Path(__file__).with_name("suites")
# The names under which ids are made: the same rule has the same id in every rebuild.
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "baophu/expectations/suites")
LEVELS: Mapping[int, str] = {
    0: "structure",
    1: "within_a_table",
    2: "across_tables_and_years",
    3: "against_other_sources",
}
EXPECTATION = "expect_rule_to_hold"


def suite_texts() -> dict[str, str]:
    """The text of each suite's file by its file name: one suite a validation level."""
    rules = load_rules()
    levels = sorted({rule.ess_level for rule in rules})
    return {f"{_name(level)}.json": _text(level, rules) for level in levels}


def write_suites(folder: Path = SUITES) -> list[Path]:
    """Write every suite's file, remove those without rules; gives the files written."""
    texts = suite_texts()
    folder.mkdir(exist_ok=True)
    for stale in set(folder.glob("*.json")) - {folder / name for name in texts}:
        stale.unlink()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]


def stored_suites(folder: Path = SUITES) -> list[dict[str, Any]]:
    """The committed suites, in the order of their names."""
    files = sorted(folder.glob("*.json"))
    return [json.loads(file.read_text(encoding="utf-8")) for file in files]


def _name(level: int) -> str:
    return f"level_{level}_{LEVELS[level]}"


def _text(level: int, rules: tuple[Rule, ...]) -> str:
    name = _name(level)
    suite = {
        "name": name,
        "id": str(uuid.uuid5(NAMESPACE, name)),
        "meta": {"ess_level": level},
        "expectations": [_expectation(rule) for rule in rules if rule.ess_level == level],
    }
    return json.dumps(suite, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _expectation(rule: Rule) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid5(NAMESPACE, rule.rule_id)),
        "type": EXPECTATION,
        "kwargs": {"rule_id": rule.rule_id},
        "severity": rule.severity,
        "description": rule.title_vi,
        "notes": rule.title_en,
        "meta": {"kind": rule.kind},
    }


if __name__ == "__main__":
    write_suites()
