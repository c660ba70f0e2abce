"""What one cell looks like before its table is known: number, year, period, mark, dash or text."""

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from expectations.folding import squash, words
from expectations.periods import find_periods
from expectations.vocabulary import read_unit
from flows.reading.numbers import is_dash, split_unit, take_apart
from warehouse.model import Cell

Kind = Literal["number", "year", "period", "mark", "dash", "error", "text"]

FIRST_YEAR, LAST_YEAR = 1990, 2050  # years that reports of these schemes can speak of
_FIRST, _LAST = Decimal(FIRST_YEAR), Decimal(LAST_YEAR)  # each number is compared with them
# "[ ]", "[_x]", "x", "........": answers of a checklist, or dots to write on
_MARK = re.compile(r"^(?:\[?[\s_xX√✓]{0,3}\]?|[.…\s]{3,})+$")
_COLUMN_NUMBER = re.compile(r"^\(?\s*(?:\d{1,2}|[A-Ha-h])\s*\)?(?:\s*=\s*[\d\s()+\-*/:x%,.]+)?$")
_LONGEST_ORDINAL = 3
_CODE = re.compile(
    r"^(?:[IVXLC]{1,6}|[A-Za-zĐđ]|\d{1,3}|\d{1,2}(?:\.\d{1,2}){1,3})[.)/]?$|^[-+*•–]$"
)


def kind_of(cell: Cell) -> Kind:
    """The kind of one cell, from its value and its text alone."""
    if cell.error:
        return "error"
    value = cell.value
    if isinstance(value, dt.datetime):
        return "period"
    if isinstance(value, Decimal):
        plain = cell.number_format in ("General", "0", "@", "")
        return "year" if plain and is_year(value) else "number"
    return kind_of_text(cell.typed_text)


@lru_cache(maxsize=20_000)
def kind_of_text(text: str) -> Kind:
    """The kind of a typed text."""
    if is_dash(text):
        return "dash"
    typed = take_apart(text)
    if typed:
        plain = not typed.marks and not typed.percent and not typed.negative
        return "year" if plain and is_year(Decimal(typed.digits[0])) else "number"
    if _MARK.match(text.strip()):
        return "mark"
    number, unit = split_unit(text)
    if unit and read_unit(text) is None and read_unit(unit) and take_apart(number):
        return "number"
    if len(text) < 60 and any(letter.isdigit() for letter in text):
        found = find_periods(text)
        if found.periods and set(words(found.rest)) <= {"Năm", "năm", "NĂM", "Ngày", "ngày"}:
            return "period"
    return "text"


def is_year(value: Decimal) -> bool:
    """Whether a number can be the year of a report."""
    return _FIRST <= value <= _LAST and value == value.to_integral_value()


def is_code(text: str) -> bool:
    """Whether a text can be an outline code or an ordinal: I, A, 1, 1.1, 01, a), -."""
    if len(text) > _LONGEST_ORDINAL and text.isdigit():
        return False  # as nearly all figures are
    return bool(_CODE.match(text.strip(" \u00a0\n\t")))


def is_column_number(text: str) -> bool:
    """Whether a text can stand in a row of column numbers: A, B, 1, (2), 3=2/1."""
    return bool(_COLUMN_NUMBER.match(text.strip(" \u00a0")))


def is_column_number_row(cells: list[Cell]) -> bool:
    """Whether a row numbers the columns: A B 1 2 3 …, or (1) (2) (3=2/1)."""
    if len(cells) < 2 or not all(is_column_number(cell.typed_text) for cell in cells):
        return False
    texts = [cell.typed_text.strip(" \u00a0") for cell in cells]
    numbers = [int(found[0]) for text in texts if (found := re.findall(r"\d+", text))]
    letters = [squash(text) for text in texts if not re.search(r"\d", text)]
    # two tables side by side start again: A B 1 2 A B 1 2
    ascending = all(later in (1, first + 1) for first, later in pairwise(numbers))
    starts = not numbers or numbers[0] in (0, 1)
    return ascending and starts and _run_up(letters) and (len(numbers) != 1 or bool(letters))


def _run_up(letters: list[str]) -> bool:
    return all(later == "a" or later > first for first, later in pairwise(letters))
