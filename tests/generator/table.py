"""Draws a table from a tree of rows and a tree of columns whose meanings meet in its cells."""

import datetime as dt
from dataclasses import dataclass, field

from tests.generator.page import Meaning, Page

Label = str | int | dt.datetime


@dataclass(frozen=True, slots=True)
class Column:
    """A header cell with what it says and the cells below it."""

    label: Label
    meaning: Meaning = field(default_factory=Meaning)
    children: tuple["Column", ...] = ()
    number_format: str = "General"

    def depth(self) -> int:
        """How many header rows this column needs."""
        return 1 + max((child.depth() for child in self.children), default=0)

    def leaves(self) -> int:
        """How many figure columns stand below it."""
        return sum(child.leaves() for child in self.children) or 1


@dataclass(frozen=True, slots=True)
class Row:
    """A line at the left: its outline code, label, look and what it says."""

    label: Label
    meaning: Meaning = field(default_factory=Meaning)
    code: str | int = ""
    bold: bool = False
    indent: int = 0
    empty: bool = False
    skip: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Stub:
    """The columns left of the figures: heads of the number, label and unit columns."""

    number: str = ""
    label: str = ""
    unit: str = ""

    def heads(self) -> list[str]:
        """The heads that are there, from the left."""
        return [head for head in (self.number, self.label, self.unit) if head]


def draw_table(
    page: Page,
    stub: Stub,
    rows: list[Row],
    columns: list[Column],
    common: Meaning | None = None,
    left: int = 1,
) -> None:
    """Draw header and body at the page's row and go on below them."""
    top, depth = page.row, max(column.depth() for column in columns)
    heads = stub.heads()
    for offset, head in enumerate(heads):
        draw_head(page, (top, left + offset), head, depth)
    first = left + len(heads)
    leaves = draw_columns(page, top, first, depth, columns, Meaning())
    body = top + depth
    if page.style.column_numbers:
        body = draw_column_numbers(page, body, left, len(heads), len(leaves))
    for index, row in enumerate(rows):
        draw_row(page, body + index, left, stub, row)
        for offset, meaning in enumerate(leaves):
            whole = (common or Meaning()) | meaning | row.meaning
            if not row.empty and whole.indicator not in row.skip:
                page.figure(body + index, first + offset, whole)
    page.cut(range(body, body + len(rows)), range(first, first + len(leaves)))
    page.row = body + len(rows)


def draw_head(page: Page, place: tuple[int, int], head: str, depth: int) -> None:
    """One head of the stub over all header rows: merged, filled down, or typed once."""
    row, column = place
    page.write(row, column, head, bold=True)
    if page.style.header == "merged":
        page.merge(row, column, row + depth - 1, column)
    elif page.style.header == "repeated":
        for below in range(1, depth):
            page.write(row + below, column, head, bold=True)


def draw_columns(
    page: Page,
    row: int,
    left: int,
    depth: int,
    columns: list[Column] | tuple[Column, ...],
    above: Meaning,
) -> list[Meaning]:
    """Draw header cells from here downwards; answer the meaning of each figure column."""
    leaves: list[Meaning] = []
    for column in columns:
        place = left + len(leaves)
        width = column.leaves()
        height = 1 if column.children else depth
        fill_header(page, column, (row, place), height, width)
        meaning = above | column.meaning
        if column.children:
            below = draw_columns(page, row + 1, place, depth - 1, column.children, meaning)
            leaves.extend(below)
        else:
            leaves.append(meaning)
    return leaves


def fill_header(
    page: Page, column: Column, place: tuple[int, int], height: int, width: int
) -> None:
    """One header cell over its width and height, in the clerk's way."""
    row, left = place
    spread = page.style.header == "repeated"
    for down in range(height if spread else 1):
        for right in range(width if spread else 1):
            label = break_label(page, column.label)
            page.write(
                row + down, left + right, label, bold=True, number_format=column.number_format
            )
    if page.style.header == "merged":
        page.merge(row, left, row + height - 1, left + width - 1)


def break_label(page: Page, label: Label, least: int = 3) -> Label:
    """A long label broken over lines, as clerks do with Alt+Enter."""
    if not page.style.broken or not isinstance(label, str) or label.strip().count(" ") < least:
        return label
    indent = label[: len(label) - len(label.lstrip())]
    words = label.split()
    middle = len(words) // 2
    return indent + " ".join(words[:middle]) + "\n" + " ".join(words[middle:])


def draw_column_numbers(page: Page, row: int, left: int, heads: int, leaves: int) -> int:
    """The row `A B 1 2 3` under the header."""
    for offset in range(heads):
        page.write(row, left + offset, "ABC"[offset])
    for offset in range(leaves):
        page.write(row, left + heads + offset, offset + 1)
    return row + 1


def draw_row(page: Page, row: int, left: int, stub: Stub, line: Row) -> None:
    """The code, label and unit of one line."""
    column = left
    if stub.number:
        if line.code != "":
            page.write(row, column, line.code, bold=line.bold)
        column += 1
    if stub.label:
        label = break_label(page, line.label, 5)
        if page.style.upper and isinstance(label, str):
            label = label.upper()
        page.write(row, column, label, bold=line.bold, indent=line.indent)
        column += 1
    if stub.unit and line.unit:
        page.write(row, column, line.unit)
