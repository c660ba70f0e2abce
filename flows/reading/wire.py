"""Readings as plain JSON-ready dicts, for the pipe between a child and its parent."""

import dataclasses
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from operator import attrgetter
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from warehouse.model import CellRole, Observation, Reading
from warehouse.packed import pack, unpack

Wire = dict[str, Any]
PACKED: dict[str, type] = {"cells": CellRole, "observations": Observation}
"""What a workbook has thousands of; it goes through the pipe by columns."""


def to_wire(reading: Reading) -> Wire:
    """The reading as dicts and lists; decimals become texts, so that none loses a digit."""
    return _writer(Reading)(reading)


def from_wire(wire: Wire) -> Reading:
    """The reading that `to_wire` was given; raises KeyError or TypeError for anything else."""
    reading: Reading = _reader(Reading)(wire)
    return reading


def to_packed_wire(reading: Reading) -> Wire:
    """As `to_wire`, but cells and observations packed by columns."""
    few = dataclasses.replace(reading, cells=(), observations=())
    many = {name: _columns(model, getattr(reading, name)) for name, model in PACKED.items()}
    return to_wire(few) | many


def unpack_wire(wire: Wire) -> Wire:
    """The form of `to_wire` from that of `to_packed_wire`."""
    return wire | {name: unpack(wire[name]) for name in PACKED}


def _columns(model: type, items: tuple[Any, ...]) -> Wire:
    kinds = _kinds(model)
    columns = list(zip(*items, strict=True)) or [()] * len(kinds)
    return pack(
        len(items),
        {
            name: list(map(str, column)) if kind is Decimal else column
            for (name, kind), column in zip(kinds, columns, strict=True)
        },
    )


@cache
def _writer(model: type) -> Callable[[Any], Wire]:
    """The function that turns one noun into a dict, made once from its fields' types."""
    names = tuple(name for name, _ in _kinds(model))
    values = attrgetter(*names)
    special = [(name, step) for name, kind in _kinds(model) if (step := _write_step(kind))]

    def write(item: Any) -> Wire:
        wire = dict(zip(names, values(item), strict=True))
        for name, step in special:
            wire[name] = step(wire[name])
        return wire

    return write


@cache
def _reader(model: type) -> Callable[[Wire], Any]:
    special = [(name, step) for name, kind in _kinds(model) if (step := _read_step(kind))]

    def read(wire: Wire) -> Any:
        fields = dict(wire)
        for name, step in special:
            fields[name] = step(fields[name])
        return model(**fields)

    return read


@cache
def _kinds(model: type) -> list[tuple[str, Any]]:
    return list(get_type_hints(model).items())


def _write_step(kind: Any) -> Callable[[Any], Any] | None:
    """How a field of this type is written; None: as it is."""
    if kind is Decimal:
        return str
    if Decimal in _choices(kind):
        return lambda value: None if value is None else str(value)
    row = _row_type(kind)
    if row is not None:
        write = _writer(row)
        return lambda rows: [write(item) for item in rows]
    return list if get_origin(kind) is tuple else None


def _read_step(kind: Any) -> Callable[[Any], Any] | None:
    if kind is Decimal:
        return Decimal
    if Decimal in _choices(kind):
        return lambda value: None if value is None else Decimal(value)
    row = _row_type(kind)
    if row is not None:
        read = _reader(row)
        return lambda rows: tuple(read(item) for item in rows)
    return tuple if get_origin(kind) is tuple else None


def _choices(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) in (Union, UnionType) else ()


def _row_type(kind: Any) -> type | None:
    """The noun of `tuple[Table, ...]`."""
    items = get_args(kind)
    is_rows = get_origin(kind) is tuple and items and items[0].__module__ == Reading.__module__
    return items[0] if is_rows else None
