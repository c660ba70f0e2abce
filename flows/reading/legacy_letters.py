"""The letters of TCVN3 (ABC) and VNI texts in Unicode, by the tables of `letters/legacy.csv`.

Both systems keep a Vietnamese letter under the code of a Western one, which their fonts
draw differently: `B¶o hiÓm` and `Baûo hieåm` are Bảo hiểm.
"""

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LETTERS = Path(__file__).parent / "letters" / "legacy.csv"
ENCODINGS = ("tcvn3", "vni")


def convert(text: str, encoding: str, upper: bool = False) -> str | None:
    """The text in Unicode; None where it holds a letter that the encoding does not have.

    No two codes of an encoding give one letter but for their case, so nothing is lost.
    `upper`: the font draws capitals (`.VnTimeH`), whatever the case that was typed.
    """
    letters, pattern, word = _tables(encoding)
    rest = pattern.sub("", text)
    if any(letter.isalpha() and not letter.isascii() for letter in rest):
        return None
    if encoding == "vni":
        return pattern.sub(lambda found: letters[found[0]], text)
    shouted = upper or _is_shouted(text)
    return word.sub(lambda found: _capitals(found[0], letters, upper, shouted), text)


def _capitals(word: str, letters: Mapping[str, str], upper: bool, shouted: bool) -> str:
    """One TCVN3 word: it has no accented capitals, so `TØNH` is typed with small letters."""
    plain = "".join(letters.get(letter, letter) for letter in word)
    typed = [letter for letter in word if letter.isascii()]
    if upper or (all(map(str.isupper, typed)) and (shouted or len(typed) > 1)):
        return plain.upper()
    return plain


def _is_shouted(text: str) -> bool:
    """Whether all letters are capitals that can be told: `BIÓU Sè 1`, but not `Sè`."""
    typed = [letter for letter in text if letter.isascii() and letter.isalpha()]
    return len(typed) > 2 and all(map(str.isupper, typed))


@cache
def _tables(encoding: str) -> tuple[Mapping[str, str], re.Pattern[str], re.Pattern[str]]:
    """The letter of each code, the pattern of all codes, and that of a word."""
    with LETTERS.open(encoding="utf-8", newline="") as lines:
        letters = {
            "".join(chr(int(code, 16)) for code in row["codes"].split()): row["letter"]
            for row in csv.DictReader(lines)
            if row["encoding"] == encoding
        }
    longest_first = sorted(letters, key=len, reverse=True)
    codes = "|".join(map(re.escape, longest_first))
    return letters, re.compile(codes), re.compile(f"(?:[A-Za-z]|{codes})+")
