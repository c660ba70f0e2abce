"""Every rule has a holding and a failing table in its docs, and judges them so."""

from typing import TYPE_CHECKING

import pytest
from drawn import store

from expectations.relations import evaluate, prepare
from expectations.rules.describe import rules_markdown
from expectations.rules.examples import examples, markdown
from expectations.rules.rule import load_rules, rule
from warehouse.database import open_memory

if TYPE_CHECKING:
    from expectations.relations import RuleResult
    from expectations.rules.rule import Rule

RULES = [one.rule_id for one in load_rules()]


def judged_by(rule_id: str, table: str, before: str) -> "RuleResult":
    with open_memory() as connection:
        if before:
            store(connection, "before", t=before)
            connection.execute(
                "UPDATE submission SET status = 'accepted', received_at = '2026-01-01'"
            )
        store(connection, "s1", t=table)
        prepare(connection, ["s1"])
        return evaluate(connection, rule(rule_id))


def test_every_rule_has_its_example() -> None:
    assert sorted(examples()) == sorted(RULES)


@pytest.mark.parametrize("rule_id", RULES)
def test_the_holding_table_holds_and_the_failing_one_fails(rule_id: str) -> None:
    example = examples()[rule_id]
    held = judged_by(rule_id, example.holding, example.before)
    failed = judged_by(rule_id, example.failing, example.before)
    assert (held.fails, held.unknown, failed.unknown) == (0, 0, 0)
    assert failed.fails > 0
    # Of a figure that stands once there is nothing to compare.
    assert held.evaluated > 0 or rule_id == "printed_once"


@pytest.mark.parametrize("one", load_rules(), ids=RULES)
def test_the_page_tells_all_of_a_rule(one: "Rule") -> None:
    page = rules_markdown()
    section = page.split(f"\n## {one.rule_id}\n")[1].split("\n## ")[0]
    example = examples()[one.rule_id]
    told = (
        f"severity {one.severity}, level {one.ess_level}, kind `{one.kind}`",
        "valid for periods:",
        one.sentence_vi,
        one.sentence_en,
        markdown(example.holding),
        markdown(example.failing),
    )
    assert [words for words in told if words not in section] == []
