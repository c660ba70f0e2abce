"""Rows on their way between processes, packed by columns: what repeats is written once.

A workbook's figures share a dozen labels and codes: as dicts a thousand figures are 650 kB of
JSON, packed they are 60 kB, and the warehouse takes the columns as they are. A packed column is
`{"values": [...]}`, or `{"values": [...], "at": "<base64>"}` with each row's place in `values`
(little end first, 8 bits each, or 16 or 32 where there are more values than that can count); one
value in all rows is `{"values": [value]}`.
"""

import sys
from array import array
from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

Packed = Mapping[str, Any]
"""`{"count": rows, "columns": {name: packed column}}`"""

REPEATED = 0.5
"""A column with fewer distinct values than this share of its rows is worth writing once each."""

WIDTHS = ((1 << 8, "B", "u1"), (1 << 16, "H", "<u2"), (1 << 32, "I", "<u4"))
"""So many values can be told apart by places of a width, as `array` and numpy call it."""

SAMPLE = 100
"""Rows that show whether a column repeats itself; a wrong guess costs a second pass."""


def pack(rows: int, columns: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Pack columns of so many rows each; values of one column are of one type."""
    return {"count": rows, "columns": {name: _pack(of) for name, of in columns.items()}}


def unpack(packed: Packed) -> list[dict[str, Any]]:
    """The rows that were packed."""
    names = list(packed["columns"])
    values = [_values(column, packed["count"]) for column in packed["columns"].values()]
    return [dict(zip(names, row, strict=True)) for row in zip(*values, strict=True)]


def column_of(
    parts: Sequence[Packed],
    name: str,
    kind: "pa.DataType",
    convert: Callable[[list[Any]], list[Any]] | None = None,
) -> "pa.Array[Any]":
    """One column of several packed parts in their order; `convert` maps the values of each."""
    import numpy as np  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415

    values: list[Any] = []
    places = []
    for part in parts:
        column = part["columns"][name]
        if "at" in column:
            _code, width = _width(len(column["values"]))
            at = np.frombuffer(b64decode(column["at"]), dtype=width).astype("<i4")
        elif len(column["values"]) == 1:
            at = np.zeros(part["count"], dtype="<i4")
        else:
            at = np.arange(len(column["values"]), dtype="<i4")
        places.append(at + np.int32(len(values)))
        values += convert(column["values"]) if convert else column["values"]
    distinct = pa.array(values, type=kind)
    at = np.concatenate(places) if places else np.empty(0, dtype="<i4")
    return distinct.take(pa.array(at))


def _pack(column: Sequence[Any]) -> dict[str, Any]:
    seen = set(column[:SAMPLE])
    if len(seen) == 1 and column.count(column[0]) == len(column):
        return {"values": [column[0]]}
    if len(seen) > REPEATED * SAMPLE and len(dict.fromkeys(column)) > REPEATED * len(column):
        return {"values": list(column)}
    numbers: dict[Any, int] = defaultdict(count().__next__)
    at = list(map(numbers.__getitem__, column))  # a new value gets the next number
    if len(numbers) > REPEATED * len(column):
        return {"values": list(column)}
    return {"values": list(numbers), "at": b64encode(_bytes_of(at, len(numbers))).decode("ascii")}


def _bytes_of(at: list[int], values: int) -> bytes:
    code, _width_in_numpy = _width(values)
    if code == "B":
        return bytes(at)
    places = array(code, at)
    if sys.byteorder == "big":
        places.byteswap()
    return places.tobytes()


def _width(values: int) -> tuple[str, str]:
    """The narrowest places that tell so many values apart."""
    return next((code, width) for most, code, width in WIDTHS if values <= most)


def _values(column: Packed, rows: int) -> list[Any]:
    values: list[Any] = column["values"]
    if "at" not in column:
        return values * rows if len(values) == 1 else values
    at = array(_width(len(values))[0], b64decode(column["at"]))
    if sys.byteorder == "big":
        at.byteswap()
    return [values[place] for place in at]
