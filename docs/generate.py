"""Writes what is generated: the pages of commands and of rules, the suites of the rules."""

from pathlib import Path
from typing import Any

import typer
import typer.main

from expectations.rules.describe import rules_markdown
from expectations.suite_files import write_suites
from flows.cli import app
from warehouse.building import build
from warehouse.database import open_memory
from warehouse.describe import dictionary_page

DOCS = Path(__file__).parent
WIDTH = 88
HEAD = """# The commands of `baophu`

Made from the commands' own help by `make docs`; a test fails when it is out of date.
Data go to stdout, words to stderr. In JSON every figure is an exact decimal: a number without
exponent and without trailing zeros.
"""


def commands_page() -> str:
    """Every command's help in the order of the script's own list."""
    root = typer.main.get_command(app)
    return "\n".join([HEAD, *_sections(root, "baophu")])


def tables_page() -> str:
    """Every table and column of an empty warehouse."""
    with open_memory() as connection:
        build(connection)
        return dictionary_page(connection)


def _sections(command: Any, path: str) -> list[str]:
    context = typer.Context(command, info_name=path, max_content_width=WIDTH, terminal_width=WIDTH)
    lines = (line.rstrip() for line in command.get_help(context).splitlines())
    section = "\n".join([f"## {path}", "", "```text", *lines, "```", ""])
    children: dict[str, Any] = getattr(command, "commands", {})
    below = [_sections(child, f"{path} {name}") for name, child in children.items()]
    return [section, *(one for sections in below for one in sections)]


def main() -> None:
    """Write all that is made from other files: pages, and the suites made from the rules."""
    (DOCS / "cli.md").write_text(commands_page(), "utf-8")
    (DOCS / "dictionary.md").write_text(tables_page(), "utf-8")
    (DOCS / "rules.md").write_text(rules_markdown(), "utf-8")
    write_suites()


if __name__ == "__main__":
    main()
