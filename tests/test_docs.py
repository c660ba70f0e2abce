"""The generated pages are those that the code would write today, and links lead somewhere."""

import re
from pathlib import Path

import pytest

from docs.generate import commands_page

ROOT = Path(__file__).resolve().parents[1]
PAGES = ["README.md", "CONTRIBUTING.md", *sorted(f"docs/{p.name}" for p in ROOT.glob("docs/*.md"))]


def test_the_page_of_commands_is_up_to_date() -> None:
    written = (ROOT / "docs" / "cli.md").read_text("utf-8")
    assert written == commands_page(), "run `make docs`"


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_commands_in_the_docs_exist(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    named = set(re.findall(r"(?:`|\.venv/bin/)baophu ([a-z]+)\b", text))
    known = set(re.findall(r"^## baophu ([a-z]+)$", commands_page(), re.MULTILINE))
    assert named - known == set()


def test_targets_in_the_docs_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = {
        target
        for page in PAGES
        for code in re.findall(r"```.*?```|`[^`\n]+`", (ROOT / page).read_text("utf-8"), re.DOTALL)
        for target in re.findall(r"(?:^|`|&& )make ([a-z]+)\b", code, re.MULTILINE)
    }
    assert named - targets == set()
