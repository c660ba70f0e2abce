"""JSON whose numbers are the exact decimals: no exponent, no binary float, no trailing zeros."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal

from warehouse.figures import plain


def dumps(value: object, indent: int | None = None) -> str:
    """The value as JSON text, keys in their order; TypeError names a type it does not know."""
    return _write(value, indent, 0)


def _write(value: object, indent: int | None, depth: int) -> str:
    if isinstance(value, Decimal):
        return plain(value) if value.is_finite() else "null"
    if value is None or isinstance(value, str | bool | int | float):
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    if isinstance(value, dt.datetime | dt.date):
        return json.dumps(value.isoformat())
    if isinstance(value, Mapping):
        members = (
            f"{json.dumps(str(key), ensure_ascii=False)}: {_write(item, indent, depth + 1)}"
            for key, item in value.items()
        )
        return _enclose("{", members, "}", indent, depth)
    if isinstance(value, list | tuple):
        items = (_write(item, indent, depth + 1) for item in value)
        return _enclose("[", items, "]", indent, depth)
    raise TypeError(f"no JSON for {type(value).__name__}")


def _enclose(
    opening: str, items: Iterable[str], closing: str, indent: int | None, depth: int
) -> str:
    parts = list(items)
    if not parts:
        return opening + closing
    if indent is None:
        return opening + ", ".join(parts) + closing
    margin = "\n" + " " * indent * (depth + 1)
    return opening + margin + ("," + margin).join(parts) + "\n" + " " * indent * depth + closing
