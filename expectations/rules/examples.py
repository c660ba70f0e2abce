"""The examples of the rules: one table each that holds, and fails when one cell is another."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from warehouse import reference

EXAMPLES = Path(__file__).with_name("examples.yml")
PLACE = "{}"


@dataclass(frozen=True, slots=True)
class Example:
    """A drawn table with the cell that decides; `before`: what was accepted of the province before.

    The first line names the periods, each further line a figure's meaning and its cells.
    """

    holding: str
    failing: str
    before: str


@cache
def examples() -> dict[str, Example]:
    """The example of each rule, by rule id."""
    import yaml  # noqa: PLC0415

    entries = yaml.safe_load(EXAMPLES.read_text(encoding="utf-8"))
    return {rule_id: _example(**entry) for rule_id, entry in entries.items()}


def _example(table: str, holds: str, fails: str, before: str = "") -> Example:
    return Example(table.replace(PLACE, holds), table.replace(PLACE, fails), before)


def markdown(drawing: str) -> str:
    """A drawn table for the eye, in the English words of the code lists."""
    heads, *lines = (line.split("|") for line in drawing.splitlines() if line.strip())
    rows = [[_label(line[0].strip()), *(cell.strip() for cell in line[1:])] for line in lines]
    width = len(heads)
    table = [["", *(head.strip() for head in heads[1:])], ["---"] + ["---:"] * (width - 1), *rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in table)


def _label(meaning: str) -> str:
    area, _, named = meaning.rpartition(":")
    indicator, _, group = named.partition("@")
    words = [reference.area(area).name] if area else []
    words.append({one.code: one.name_en for one in reference.indicators()}[indicator])
    if group:
        words.append(f"`{group}`")
    return ", ".join(words)
