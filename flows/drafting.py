"""A form proposed from a workbook, ready to edit: what it holds, and what it leaves open."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from expectations.folding import strip_text
from expectations.nearest import nearest_spellings

Wire = Mapping[str, Any]
OPEN_RULES = ("reading.unknown_label", "reading.partly_understood", "reading.unknown_group")
# Where a title stops speaking of the kind of report: its place, its time, its number.
_PARTICULAR = re.compile(r"\b(?:tinh|thanh pho|nam|quy|thang|giai doan|den|tinh den)\b|\d")
_NUMBERED = re.compile(
    r"^\W*(?:phu luc|phu bieu|bieu mau|bieu|bang)(?: so)?\s*[\divx]*\s*[:.)\-]*\s*"
)
_ATTACHED = re.compile(r"^\W*(?:ban hanh )?kem theo\b")
_SHORTEST_TITLE = 12
_HEAD = """# A form proposed from {file}. Edit it, then save it as
# expectations/forms/<name>.yml. Every value stands in quotes. See docs/forms.md.
title: {title}
# Words that the title of such a report holds (accents and case do not matter).
titles:
  - {words}
# Only for these provinces (baophu codes list areas); delete the lines to have it for all.
provinces:
  - {province}
# From this day on; valid_to is the first day on which the form no longer holds.
valid_from: ""
valid_to: ""
"""


def draft_form(reading: Wire) -> str:
    """The YAML text of a form for reports like this one (a reading in its wire form)."""
    title = _main_title(reading["title"]) or reading["file_name"]
    head = _HEAD.format(
        file=reading["file_name"],
        title=_quote(title),
        words=_quote(_kind_of_report(title)),
        province=_quote(reading["province_code"]),
    )
    return head + "".join([*_tables(reading), *_labels(reading), *_ignored(reading)])


def _main_title(titles: str) -> str:
    """The caption that says most, not the line that names the covering document."""
    said = [part for part in titles.split(" / ") if not _ATTACHED.search(strip_text(part))]
    return max(said, key=len, default="")


def _kind_of_report(title: str) -> str:
    """The words of a title before it names a place or a time."""
    plain = _NUMBERED.sub("", strip_text(title))
    found = next((m for m in _PARTICULAR.finditer(plain) if m.start() >= _SHORTEST_TITLE), None)
    return plain[: found.start()].strip(" ,.;:-(") if found else plain


def _tables(reading: Wire) -> Iterator[str]:
    yield "# Tables that such a report must hold, with the indicators that they must give.\n"
    tables = [table for table in reading["tables"] if table["kind"] == "figures"]
    yield "tables:\n" if tables else "tables: []\n"
    for table in tables:
        name = _main_title(table["title"]) or table["sheet"]
        given = sorted(
            {
                figure["indicator"]
                for figure in reading["observations"]
                if figure["table_id"] == table["table_id"]
            }
        )
        yield f"  - title: {_quote(_kind_of_report(name))}\n"
        yield f"    indicators: [{', '.join(map(_quote, given))}]\n"


def _labels(reading: Wire) -> Iterator[str]:
    yield "# Labels whose words are not enough. Fill in each ?, or delete the entry.\n"
    unknown = _unknown(reading)
    yield "labels:\n" if unknown else "labels: []\n"
    for label, where in unknown.items():
        for meaning, spelling, score in nearest_spellings(label):
            yield f"  # nearest: {meaning} ({spelling}, {score})\n"
        yield f"  - label: {_quote(label)} # {where}\n"
        yield '    means: "?"\n'


def _unknown(reading: Wire) -> dict[str, str]:
    """The labels that are not understood, with sheet and cell."""
    found: dict[str, str] = {}
    for finding in reading["findings"]:
        if finding["rule"] in OPEN_RULES:
            facts = finding["facts"]
            label = facts.get("label") or facts.get("groups") or facts.get("text", "")
            place = facts.get("cell") or facts.get("cells", "")
            found.setdefault(" ".join(label.split()), f"{facts['sheet']}!{place}")
    return found


def _ignored(reading: Wire) -> Iterator[str]:
    yield "# Rows or columns (label) and cells (text) that are no figures, each with a reason.\n"
    left = {
        " ".join(cell["typed_text"].split()): f"{cell['sheet']}!{cell['cell']}"
        for cell in reading["cells"]
        if cell["role"] == "unread" and cell["why"] == "reading.unread_cell"
    }
    yield "# Unread now, outside any table:\n" if left else ""
    for text, where in left.items():
        yield f"#   {_quote(text)} at {where}\n"
    yield "ignore: []\n"
    yield "# Findings of reading that are known to be all right while their cell says the same.\n"
    yield "exceptions: []\n"


def _quote(text: str) -> str:
    """A text as YAML in double quotes."""
    plain = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'
