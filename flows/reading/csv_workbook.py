"""csv and tsv files as one grid of texts."""

import csv
import io
from collections import Counter
from pathlib import Path

from flows.reading.decoding import decode
from flows.reading.grid import Grid, Unreadable, Workbook
from flows.reading.guards import TEXT_BYTES, Count
from flows.reading.plaincells import SpanGrid

# In this order where two explain the file equally well: decimal commas make `,` the last guess.
_DELIMITERS = ("\t", ";", ",")
_SAMPLE_ROWS = 200


def read_workbook(path: Path, file_type: str) -> Workbook:
    """The whole file as one sheet, named after nothing; every cell is a text."""
    text, encoding = decode(path.read_bytes())
    delimiter, text = _delimiter(text)
    csv.field_size_limit(TEXT_BYTES.value)
    spans = SpanGrid(Grid(path.stem), Count())
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            spans.start_row()
            for value in row:
                spans.add(value)
    except csv.Error as error:
        raise Unreadable("reading.damaged", part=str(error)) from error
    remarks = [] if encoding.startswith("utf") else [f"encoding: {encoding}"]
    return Workbook(file_type, [spans.grid], remarks)


def _delimiter(text: str) -> tuple[str, str]:
    """The delimiter and the text without the `sep=;` line that Excel understands."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], rest
    scores = {delimiter: _regularity(text, delimiter) for delimiter in _DELIMITERS}
    return max(_DELIMITERS, key=lambda delimiter: scores[delimiter]), text


def _regularity(text: str, delimiter: str) -> int:
    """How many rows have the number of columns that most rows of several columns have."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    widths: Counter[int] = Counter()
    try:
        for row, _ in zip(reader, range(_SAMPLE_ROWS), strict=False):
            if len(row) > 1:
                widths[len(row)] += 1
    except csv.Error:
        return 0
    return max(widths.values(), default=0)
