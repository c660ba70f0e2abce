"""An answer on its way out: JSON with exact numbers, CSV that no spreadsheet runs."""

import csv
import io
import json
from collections.abc import Sequence
from decimal import Decimal

from warehouse.ask import Answer, Value
from warehouse.figures import plain

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def to_json(answer: Answer) -> str:
    """A JSON list of one object a row; decimals are numbers, exact to the last digit."""
    lines = [_object(answer.columns, row) for row in answer.rows]
    return "[" + ",\n ".join(lines) + "]"


def to_csv(answer: Answer) -> str:
    """CSV with a header; a text that a spreadsheet would run as a formula gets an apostrophe.

    Numbers stay numbers: -4000 is no formula. NULL is an empty cell.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(harmless(name) for name in answer.columns)
    writer.writerows([_csv_cell(value) for value in row] for row in answer.rows)
    return out.getvalue()


def harmless(text: str) -> str:
    """A text with an apostrophe in front when it begins like a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _csv_cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, Decimal):
        return plain(value)
    return str(value)


def _object(names: Sequence[str], row: Sequence[Value]) -> str:
    pairs = zip(names, row, strict=True)
    said = ", ".join(f"{json.dumps(name, ensure_ascii=False)}: {_json(v)}" for name, v in pairs)
    return "{" + said + "}"


def _json(value: Value) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    if value is None or isinstance(value, bool | int | float | str):
        return json.dumps(value, ensure_ascii=False)
    return json.dumps(value.isoformat())
