"""What a cell's words make of it around a table: a head, a unit line, the start of notes."""

import re

from expectations.folding import strip_text
from expectations.vocabulary import read_label, read_unit
from flows.reading.sheet import Sheet
from warehouse.model import Cell

_NOTE = re.compile(r"^\W*(?:ghi chu|chu thich|luu y|nguon(?: so lieu)?)\b")
_UNIT_LINE = re.compile(r"^\W*(?:don vi(?: tinh)?|dvt)\b\s*[:.]|^\W*don vi tinh\b")
_HEADS = ("head", "issuer", "docnumber", "doctitle", "docdate")


def is_note_start(text: str) -> bool:
    """Whether a text opens the notes below a table: `Ghi chú:`, `Nguồn: …`."""
    return bool(_NOTE.match(strip_text(text)))


def is_unit_line(text: str) -> bool:
    """Whether a text is a unit line: `Đơn vị tính: nghìn người`, `ĐVT: %`, `(Đơn vị: người)`."""
    return bool(_UNIT_LINE.match(strip_text(text))) and len(text) < 60


def is_head(cell: Cell) -> bool:
    """Whether a cell heads a column: STT, Đơn vị, Chỉ tiêu, Cơ quan ban hành …"""
    return any(dimension in _HEADS for dimension, _said in read_label(cell.typed_text).atoms)


def is_ordinal(cell: Cell) -> bool:
    """Whether a cell heads the column of ordinals."""
    return read_label(cell.typed_text).first("head") == "ordinal"


def is_line(cell: Cell) -> bool:
    """A line of text of its own rather than a column's head."""
    return (
        len(cell.typed_text) > 90
        or is_unit_line(cell.typed_text)
        or bool(read_unit(cell.typed_text) is None and is_note_start(cell.typed_text))
    )


def heads_rows(sheet: Sheet, cell: Cell) -> bool:
    """Whether a text alone over the figure columns heads the rows below it.

    |            |  Nghìn người   <      <  |
    | BHXH       |   120  |   125  |   131  |
    |            |      Cơ cấu (%)  <    <  |

    Where it is not merged over them, it has to speak of figures and of nothing else.
    """
    if sheet.kind(cell) != "text":
        return False
    merge = sheet.merge_at(cell.row, cell.column)
    if merge is not None and merge.right > merge.left:
        return True
    meaning = read_label(cell.typed_text)
    return meaning.explained == 1 and bool(meaning.unit or meaning.all("modifier"))
