"""Rows on their way between processes, packed by columns: what repeats is written once.

A workbook's figures share a dozen labels and codes: as dicts a thousand figures are 650 kB of
JSON, packed they are 60 kB, and the warehouse takes the columns as they are. A packed column is
`{"values": [...]}`, or `{"values": [...], "at": "<base64>"}` with each row's place in `values`
(little end first, 16 bits each, or 32 where there are more values than that can count); one value
in all rows is `{"values": [value]}`.
"""

import sys
from array import array
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

Packed = Mapping[str, Any]
"""`{"count": rows, "columns": {name: packed column}}`"""

REPEATED = 0.5
"""A column with fewer distinct values than this share of its rows is worth writing once each."""

SHORT = 1 << 16
"""So many values can be told apart in 16 bits."""


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
    convert: Callable[[Any], Any] | None = None,
) -> "pa.Array[Any]":
    """One column of several packed parts in their order, for Arrow; `convert` maps its values."""
    import numpy as np  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415

    values: list[Any] = []
    places = []
    for part in parts:
        column = part["columns"][name]
        if "at" in column:
            width = "<u2" if len(column["values"]) <= SHORT else "<u4"
            at = np.frombuffer(b64decode(column["at"]), dtype=width).astype("<i4")
        elif len(column["values"]) == 1:
            at = np.zeros(part["count"], dtype="<i4")
        else:
            at = np.arange(len(column["values"]), dtype="<i4")
        places.append(at + np.int32(len(values)))
        values += column["values"]
    distinct = pa.array(list(map(convert, values)) if convert else values, type=kind)
    at = np.concatenate(places) if places else np.empty(0, dtype="<i4")
    return distinct.take(pa.array(at))


def _pack(column: Sequence[Any]) -> dict[str, Any]:
    distinct = list(dict.fromkeys(column))
    if len(distinct) == 1:
        return {"values": distinct}
    if len(distinct) > REPEATED * len(column):
        return {"values": list(column)}
    places = dict(zip(distinct, count()))
    at = array("H" if len(distinct) <= SHORT else "I", list(map(places.__getitem__, column)))
    if sys.byteorder == "big":
        at.byteswap()
    return {"values": distinct, "at": b64encode(at).decode("ascii")}


def _values(column: Packed, rows: int) -> list[Any]:
    values: list[Any] = column["values"]
    if "at" not in column:
        return values * rows if len(values) == 1 else values
    at = array("H" if len(values) <= SHORT else "I", b64decode(column["at"]))
    if sys.byteorder == "big":
        at.byteswap()
    return [values[place] for place in at]
