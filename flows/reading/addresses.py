"""Addresses as typed in workbooks: `C7` and `A1:B2` to numbers."""

import re

from flows.reading.grid import Merge, Unreadable

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})$")


def column_number(letters: str) -> int:
    """The 1-based number of a column: `column_number("AA") == 27`."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise Unreadable("reading.damaged", part=letters)
        number = number * 26 + ord(letter) - 64
    if not 1 <= number <= LAST_COLUMN:
        raise Unreadable("reading.damaged", part=letters)
    return number


def split_address(address: str) -> tuple[int, int]:
    """Row and column, 1-based: `split_address("C7") == (7, 3)`."""
    match = _ADDRESS.match(address)
    if not match or not 1 <= int(match[2]) <= LAST_ROW:
        raise Unreadable("reading.damaged", part=address)
    return int(match[2]), column_number(match[1])


def read_range(text: str) -> Merge:
    """A range of cells: `A1:B2`, or one cell."""
    first, _, last = text.partition(":")
    top, left = split_address(first)
    bottom, right = split_address(last or first)
    if bottom < top or right < left:
        raise Unreadable("reading.damaged", part=text)
    return Merge(top, left, bottom, right)
