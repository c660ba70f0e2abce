"""Texts typed in the fonts of old Vietnamese systems (TCVN3, VNI), recognised and converted.

Such a text holds the code of a Western letter where its font draws a Vietnamese one:
`B¶o hiÓm y tÕ` in .VnTime, `Baûo hieåm y teá` in VNI-Times. The cells of one font are
judged together: by the font's name, and by how many of their words are Vietnamese
syllables as typed and after each conversion. A cell is converted when that is clear
and loses nothing; else it stays as typed and is said.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from flows.reading.grid import Grid, Workbook
from flows.reading.syllables import accented_words, count_syllables
from warehouse.model import Cell

LETTERS = Path(__file__).parent / "letters" / "legacy.csv"
ENCODINGS = ("tcvn3", "vni")
# Without a font's name two words must speak, and nearly all of them: one is soon a chance.
ENOUGH_WORDS, CLEAR_SHARE = 2, 0.8
# A column of names from elsewhere ("Müller") is no legacy text: as typed it must look wrong.
WRONG_SHARE = 0.5
_WORD = re.compile(r"[^\W\d_]+|[\u00a1-\u00bf\u00d7\u00f7]+")


@dataclass(frozen=True, slots=True)
class Conversion:
    """The cells of a sheet that were converted from one encoding, as typed before."""

    encoding: str
    cells: tuple[Cell, ...]


@dataclass(slots=True)
class Converted:
    """The workbook in Unicode, what was converted, and the cells that stay unclear."""

    workbook: Workbook
    conversions: list[Conversion] = field(default_factory=list)
    unclear: list[Cell] = field(default_factory=list)


def convert_workbook(workbook: Workbook) -> Converted:
    """The workbook with its legacy texts in Unicode; `Cell.value` keeps what was stored.

    `typed_text` becomes what the person saw, since that is what the font drew.
    """
    by_font: dict[str, list[Cell]] = defaultdict(list)
    for grid in workbook.grids:
        for cell in grid.cells.values():
            if not cell.typed_text.isascii():
                by_font[cell.font].append(cell)
    verdicts = {font: _judge(font, cells) for font, cells in by_font.items()}
    found = Converted(workbook)
    if any(verdicts.values()):
        grids = [_convert_grid(grid, verdicts, found) for grid in workbook.grids]
        found.workbook = replace(workbook, grids=grids)
    return found


def convert(text: str, encoding: str, upper: bool = False) -> str | None:
    """A text in Unicode; None where a letter of it does not exist in the encoding.

    `upper`: an `.Vn…H` font draws capitals for small letters. In other TCVN3 fonts there are no
    accented capitals, so `TØNH` is typed with a small letter and meant as TỈNH.
    """
    if any(letter > "\xff" for letter in text) or not text.isprintable():
        if any(letter > "\xff" for letter in text):
            return None
    letters, pattern = _decoder(encoding)
    rest = pattern.sub("", text)
    if any("\xa1" <= letter <= "\xff" for letter in rest):
        return None
    if encoding == "tcvn3":
        return (
            _WORDS.sub(lambda found: _capital(found[0], letters), text)
            if not upper
            else (pattern.sub(lambda found: letters[found[0]], text).upper())
        )
    return pattern.sub(lambda found: letters[found[0]], text)
