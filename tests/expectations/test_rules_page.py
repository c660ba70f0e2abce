"""The rules are explained: each kind shows what holds and what fails, the page is current."""

from pathlib import Path

import pytest

from expectations.rules.describe import rules_markdown
from expectations.rules.kinds import kinds
from expectations.rules.rule import RuleError, load_rules

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
ENTRY = """
- id: one
  kind: ceiling
  severity: {severity}
  ess_level: 0
  valid_from: null
  valid_to: null
  applies: {{}}
  title_vi: a
  title_en: a
  sentence_vi: a
  sentence_en: a
"""


def test_the_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == rules_markdown(), "make docs writes it anew"


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_each_kind_shows_what_holds_and_what_fails(kind: str) -> None:
    told = kinds()[kind].__doc__ or ""
    assert "Holds" in told
    assert "Fails" in told


def test_a_rule_declared_wrongly_is_named(tmp_path: Path) -> None:
    file = tmp_path / "rules.yml"
    file.write_text(ENTRY.format(severity="deadly"), "utf-8")
    with pytest.raises(RuleError, match="one"):
        load_rules(file)


def test_a_rule_declared_twice_is_named(tmp_path: Path) -> None:
    file = tmp_path / "rules.yml"
    file.write_text(ENTRY.format(severity="info") * 2, "utf-8")
    with pytest.raises(RuleError, match="declared twice: one"):
        load_rules(file)
