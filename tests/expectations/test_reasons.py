"""Every reason that code can give has its sentence, and every sentence gets its facts."""

import ast
import re
from pathlib import Path

import pytest

from expectations.reasons import reasons, sentence

CODE = Path(__file__).parents[2] / "flows" / "reading"


def raised() -> list[tuple[str, set[str]]]:
    """Reasons in the code with the names of the facts given along."""
    calls = (
        node
        for path in CODE.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RAISERS
    )
    return [
        (call.args[0].value, {str(keyword.arg) for keyword in call.keywords})
        for call in calls
        if call.args and isinstance(call.args[0], ast.Constant)
    ]


RAISERS = ("Unreadable", "ChildEnded")


@pytest.mark.parametrize(("reason", "facts"), raised())
def test_a_raised_reason_has_a_sentence_for_its_facts(reason, facts):
    vietnamese, english = sentence(reason, {name: f"<{name}>" for name in facts})
    assert vietnamese != english


def test_the_code_raises_many_reasons():
    assert len({reason for reason, _ in raised()}) > 15


@pytest.mark.parametrize("reason", sorted(reasons()))
def test_both_languages_name_the_same_facts(reason):
    named = [set(re.findall(r"{(\w+)}", text)) for text in reasons()[reason].values()]
    assert named[0] == named[1]
    assert set(reasons()[reason]) == {"vi", "en"}
