"""How a sheet is laid out: merged ranges, widths, hidden rows, texts that lie over empty cells."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from expectations.desk.publication import Row

LARGEST_GAP = 3
"""Empty columns shown in a row; a stray cell far to the right does not stretch the page."""
MOST_COLUMNS = 120
POINTS_PER_CHARACTER, PADDING, NARROWEST, WIDEST = 7.4, 12, 28, 460
DEFAULT_WIDTH = 9.0
MARGIN, BOLDER = 1, 1.15
"""What a text needs beyond its letters' count: a letter of margin, a little more when bold."""
Place = tuple[int, int]


@dataclass(slots=True)
class Layout:
    """How a sheet is laid out, as `main.sheet.layout` keeps it."""

    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    bold: set[Place] = field(default_factory=set)

    def is_merged(self, place: Place) -> bool:
        """Whether a merged range begins there."""
        return any((top, left) == place for top, left, _, _ in self.merges)


def layout_of(said: Mapping[str, Any] | str | None) -> Layout:
    """A layout from its JSON; a plain one for sheets that were stored before layouts were kept."""
    if said is None:
        return Layout()
    facts: Mapping[str, Any] = json.loads(said) if isinstance(said, str) else said
    return Layout(
        [(top, left, bottom, right) for top, left, bottom, right in facts["merges"]],
        {int(column): float(width) for column, width in facts["widths"].items()},
        set(facts["hidden_rows"]),
        set(facts["hidden_columns"]),
        {(row, column) for row, column in facts["bold"]},
    )


def shown_columns(used: Sequence[int]) -> list[int]:
    """The columns from the first to the last that holds a cell, without wide gaps."""
    shown: list[int] = []
    for column in used[:MOST_COLUMNS]:
        gap = range(shown[-1] + 1, column) if shown else range(0)
        shown.extend(gap if len(gap) <= LARGEST_GAP else [])
        shown.append(column)
    return shown


def spans_of(
    layout: Layout, numbers: Sequence[int], columns: Sequence[int]
) -> tuple[dict[Place, Place], set[Place]]:
    """The spans of merged ranges from their first shown place, and the places they cover."""
    spans: dict[Place, Place] = {}
    covered: set[Place] = set()
    for top, left, bottom, right in layout.merges:
        rows = [number for number in numbers if top <= number <= bottom]
        across = [column for column in columns if left <= column <= right]
        if not rows or not across or (rows[0], across[0]) != (top, left):
            continue
        rows = rows[: _unbroken(rows)]
        spans[top, left] = (len(rows), len(across))
        covered |= {(row, column) for row in rows for column in across} - {(top, left)}
    return spans, covered


def spill(
    number: int,
    columns: Sequence[int],
    by_place: Mapping[Place, Row],
    *,
    layout: Layout,
    spans: dict[Place, Place],
    covered: set[Place],
) -> None:
    """Let a text that is wider than its column lie over the empty cells beside it, as on paper."""
    for start, column in enumerate(columns):
        cell = by_place.get((number, column))
        if cell is None or cell["role"] == "observation" or (number, column) in spans:
            continue
        wanted = max(len(line) for line in cell["typed_text"].split("\n")) + MARGIN
        if (number, column) in layout.bold:
            wanted = round(wanted * BOLDER)
        room = layout.widths.get(column, DEFAULT_WIDTH)
        end = start + 1
        while (
            end < len(columns)
            and room < wanted
            and _is_free((number, columns[end]), by_place, spans, covered)
        ):
            room += layout.widths.get(columns[end], DEFAULT_WIDTH)
            end += 1
        if end > start + 1:
            spans[number, column] = (1, end - start)
            covered |= {(number, other) for other in columns[start + 1 : end]}


def _is_free(
    place: Place,
    by_place: Mapping[Place, Row],
    spans: Mapping[Place, Place],
    covered: set[Place],
) -> bool:
    return place not in by_place and place not in spans and place not in covered


def _unbroken(rows: Sequence[int]) -> int:
    return next((i for i in range(1, len(rows)) if rows[i] != rows[i - 1] + 1), len(rows))


def pixels(characters: float) -> int:
    """The width of a column of so many characters, as Excel counts them."""
    wide = round(characters * POINTS_PER_CHARACTER + PADDING)
    return max(NARROWEST, min(wide, WIDEST))
