"""From a figure's cell to its exact value: marks settled per table, units applied."""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from expectations.vocabulary import Unit, read_unit
from flows.reading.formats import WIDE
from flows.reading.indicators import units
from flows.reading.match import Sense
from flows.reading.numbers import (
    Mark,
    Typed,
    evidence,
    read_number,
    split_unit,
    take_apart,
)
from warehouse.model import Cell
from warehouse.reference import Area

_NEVER_BELOW_ONE = frozenset({"bhyt_coverage_pct", "bhxh_coverage_pct", "bhtn_coverage_pct"})
_NOTHING, _UNIT = Decimal(0), Decimal(1)


class Figure(NamedTuple):
    """A cell with its meaning, its place and the unit that it is printed in."""

    cell: Cell
    sense: Sense
    area: Area
    unit: Unit
    typed: Typed | None
    is_fraction: bool = False

    @property
    def kind(self) -> str:
        """Which figures share a way of writing: percent, whole units, thousands and more."""
        if self.unit.code == "percent":
            return "percent"
        return "whole" if self.unit.factor == 1 else "scaled"


class Value(NamedTuple):
    """The value in base units with its printed decimals and half-width."""

    literal: Decimal
    decimals: int
    half_width: Decimal


@lru_cache(maxsize=10_000)
def unit_of(indicator: str, said: tuple[Unit | None, ...]) -> Unit:
    """The unit a figure is printed in: the label's, else the table's line, if they can be its own.

    "Đơn vị tính: Lượt người" above a table does not make visits of the facilities in it.
    """
    base, _tallied = units()[indicator]
    for unit in said:
        if unit is not None and unit.code == base:
            return unit
    return Unit(base, 1, "")


def make_figure(
    cell: Cell, sense: Sense, area: Area, lines: list[Unit], known: dict[int, Unit] | None = None
) -> Figure:
    """A figure with its unit and, where it is typed as text, its marks taken apart.

    `known` keeps, by the sense's id, the units of one table whose lines are always the same.
    """
    if isinstance(cell.value, Decimal):
        unit = known.get(id(sense)) if known else None
        if unit is None:
            unit = unit_of(sense.indicator, (sense.unit, *lines))
            if known is not None:
                known[id(sense)] = unit
        # Half the time of `Figure(...)`, and a night has a million.
        return tuple.__new__(Figure, (cell, sense, area, unit, None, False))
    number, suffix = split_unit(cell.typed_text)
    own = read_unit(suffix) if suffix else None  # "750.123 người": the nearest unit of all
    unit = unit_of(sense.indicator, (own or sense.unit, *lines))
    return Figure(cell, sense, area, unit, take_apart(number if own else cell.typed_text))


def in_scaled_units(figures: list[Figure], lines: Iterable[Unit]) -> list[Figure]:
    """The figures of a column headed `(người)` below a line `nghìn người`, in the line's unit.

    Nobody counts tenths of people: where such a column prints decimals, the line holds.
    """
    scaled = next((unit for unit in lines if unit.code == "people" and unit.factor > 1), None)
    if scaled is None:
        return figures
    broken = {
        f.cell.column
        for f in figures
        if f.unit.code == "people" and f.unit.factor == 1 and _has_decimals(f)
    }
    return [
        f._replace(unit=scaled) if f.cell.column in broken and f.unit.code == "people" else f
        for f in figures
    ]


def as_percentages(figures: list[Figure]) -> list[Figure]:
    """The figures, columns of fractions (0.925 without a percent format) marked as such.

    Covered people are never one percent of all people, in any area of a table.
    """
    columns: dict[int, list[Figure]] = {}
    for figure in figures:
        if figure.unit.code == "percent" and figure.sense.indicator in _NEVER_BELOW_ONE:
            columns.setdefault(figure.cell.column, []).append(figure)
    fractions = {
        id(figure)
        for column in columns.values()
        if all(map(_is_small, column))
        for figure in column
    }
    if not fractions:
        return figures
    return [f._replace(is_fraction=True) if id(f) in fractions else f for f in figures]


def _is_small(figure: Figure) -> bool:
    printed = figure.cell.printed
    plain = figure.typed is None and not figure.cell.percent and figure.sense.group == "total"
    return plain and printed is not None and 0 < printed <= Decimal("1.05")


def _has_decimals(figure: Figure) -> bool:
    if figure.typed is None:
        return bool(figure.cell.decimals)
    return "decimal" in evidence(figure.typed).values()


def read_value(figure: Figure, marks: dict[str, dict[str, Mark]]) -> Value | None:
    """The exact value, None where the text is no number under any reading."""
    number = _printed(figure, marks)
    if number is None:
        return None
    printed, decimals = number
    if figure.is_fraction:
        printed, decimals = printed * 100, max(decimals - 2, 0)
    _base, tallied = units()[figure.sense.indicator]
    factor = figure.unit.factor
    half = _NOTHING if tallied else half_width(decimals, factor)
    return tuple.__new__(Value, (_plain(printed * factor), decimals, half))


@lru_cache
def half_width(decimals: int, factor: int) -> Decimal:
    """Half a unit of the last printed digit, in base units."""
    return _plain(Decimal(5).scaleb(-decimals - 1) * factor)


def _plain(value: Decimal) -> Decimal:
    """The same number without exponent or trailing zeros."""
    if not value:
        return _NOTHING
    whole = WIDE.quantize(value, _UNIT)
    return whole if whole == value else value.normalize()


def _printed(figure: Figure, marks: dict[str, dict[str, Mark]]) -> tuple[Decimal, int] | None:
    cell = figure.cell
    if figure.typed is None:
        return (cell.printed, cell.decimals or 0) if cell.printed is not None else None
    own = evidence(figure.typed)
    return read_number(figure.typed, marks[figure.kind] | own)


def mixed_forms(figures: list[Figure]) -> list[Cell]:
    """Figures typed unlike most of their table: `3 729` and `34110` among `27.340`."""
    forms: dict[str, list[Cell]] = {}
    for figure in figures:
        if figure.typed and figure.kind == "whole" and not figure.typed.dash:
            digits = "".join(figure.typed.digits)
            if len(digits) > 3:
                forms.setdefault("".join(sorted(set(figure.typed.marks))), []).append(figure.cell)
    if len(forms) < 2:
        return []
    usual = max(forms, key=lambda form: len(forms[form]))
    return [cell for form, cells in forms.items() if form != usual for cell in cells]
