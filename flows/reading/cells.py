"""Stored contents as Cells: texts, numbers, dates, booleans, errors, formulas without a value."""

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple, cast

from flows.reading.dates import from_serial, render_date
from flows.reading.formats import BarePrinted, exact
from flows.reading.strings import Text, unescape
from flows.reading.styles import Look
from warehouse.model import Cell, CellValue

_BLANK = " \t\r\n\f\v\xa0\u200b\u3000\ufeff"


class Place(NamedTuple):
    """Where a cell is, how it looks, and the formula behind it."""

    sheet: str
    row: int
    column: int
    look: Look
    formula: str | None
    hidden: bool


# The same six without their names: a million of them are made a night.
AnyPlace = Place | tuple[str, int, int, Look, str | None, bool]


class _Draft:
    """A Cell while it is filled in.

    A frozen dataclass sets its fields one by one through `object.__setattr__`,
    which costs three times what all other work on a cell does. The draft has the
    same slots, is filled in the ordinary way, and then becomes a Cell.
    """

    __slots__ = Cell.__slots__

    def __init__(
        self,
        place: AnyPlace,
        seen: BarePrinted,
        value: CellValue,
        error: str | None = None,
    ) -> None:
        self.sheet, self.row, self.column, look, self.formula, self.hidden = place
        self.number_format, self.font, self.bold, self.indent, _, _ = look
        self.typed_text, self.printed, self.decimals, self.percent = seen
        self.value = value
        self.error = error
        self.__class__ = Cell  # type: ignore[assignment]


# A Cell at a place, what is seen there, and what is stored; the same as calling `Cell`.
make_cell = cast(Callable[..., Cell], _Draft)


def text_cell(place: AnyPlace, typed: str) -> Cell | None:
    """A cell that holds a text, exactly as typed; None when there is nothing to see."""
    return _worded(place, typed, typed) if typed.strip(_BLANK) else None


def rich_text_cell(place: AnyPlace, text: Text) -> Cell | None:
    """A text cell in whose runs most letters have a font of their own."""
    if text.font is not None:
        look = place[3]._replace(font=text.font.name or place[3].font, bold=text.font.bold)
        place = (*place[:3], look, *place[4:])
    return text_cell(place, text.text)


def number_cell(place: AnyPlace, stored: str, from_1904: bool) -> Cell | None:
    """A cell that stores a number, or a day when its format prints one."""
    try:
        value = exact(stored)
    except ValueError:
        return text_cell(place, stored)
    look = place[3]
    if look.is_date:
        moment = from_serial(value, from_1904)
        if moment is not None:
            return moment_cell(place, moment)
    return make_cell(place, look.printer(value), value)


def moment_cell(place: AnyPlace, moment: dt.datetime) -> Cell:
    """A day or a moment, printed by its format; as in ISO 8601 when that prints none."""
    look = place[3]
    text = render_date(moment, look.number_format) if look.is_date else _iso(moment)
    return _worded(place, text, moment)


def other_cell(place: AnyPlace, kind: str, stored: str) -> Cell | None:
    """Texts of formulas, booleans, errors and ISO dates, by the cell's type."""
    if kind == "b":
        return truth_cell(place, stored.strip() in ("1", "true"))
    if kind == "e":
        return error_cell(place, stored)
    if kind == "d":
        try:
            return moment_cell(place, dt.datetime.fromisoformat(stored).replace(tzinfo=None))
        except ValueError:
            return text_cell(place, stored)
    return text_cell(place, unescape(stored))


def truth_cell(place: AnyPlace, value: bool) -> Cell:
    """A logical value, shown as TRUE or FALSE."""
    return _worded(place, "TRUE" if value else "FALSE", value)


def error_cell(place: AnyPlace, error: str) -> Cell:
    """An error such as #DIV/0!: seen, and without a value."""
    return _worded(place, error, None, error)


def uncached_cell(place: AnyPlace, formula: str) -> Cell:
    """A formula whose result was never stored: nobody has seen a figure, so there is none."""
    return _worded(place, formula, None)


def _worded(place: AnyPlace, text: str, value: CellValue, error: str | None = None) -> Cell:
    return make_cell(place, (text, None, None, False), value, error)


def _iso(moment: dt.datetime) -> str:
    midnight = moment.time() == dt.time()
    return moment.date().isoformat() if midnight else moment.isoformat(" ")
