"""Periods as clerks write them, found inside a label and given one text form.

A whole year is `2018` (so is the date of its last day, 31-12-2018), a quarter
`2018-Q2`, a half year `2018-H1`, a month `2018-06`, the first nine months
`2018-9M`, any other date `2018-06-30`.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from expectations.folding import strip_text, tidy

_YEAR = r"(?:19|20)\d{2}"
_OF_YEAR = rf"(?:\s*[/,\-]?\s*(?:cua\s+)?(?:nam\s+)?({_YEAR}))?"
_TAKEN = "\x1f"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True)
class Period:
    """A period; `year` is None where the words name a part of an unnamed year.

    `is_inferred` says that no word names it: the report's own year stands in.
    """

    year: int | None
    part: str = ""
    is_inferred: bool = False

    def __str__(self) -> str:
        return f"{self.year}-{self.part}" if self.part else str(self.year)

    def within(self, other: "Period") -> "Period | None":
        """This period refined by another (Quý I inside Năm 2018), None if they contradict."""
        if None not in (self.year, other.year) and self.year != other.year:
            return None
        if self.part and other.part and self.part != other.part:
            return None
        return Period(self.year or other.year, self.part or other.part)


@dataclass(frozen=True, slots=True)
class Found:
    """What the periods of a text are, and the text without them.

    `is_ratio` says that a year stands over the one it is compared with: `2021/2020`.
    """

    periods: tuple[Period, ...]
    ranges: tuple[tuple[int, int], ...]
    compared_with: int | None
    rest: str
    is_ratio: bool = False


def of_date(date: dt.date) -> Period:
    """The period that a date as a header stands for: 31 December is its year."""
    if (date.month, date.day) == (12, 31):
        return Period(date.year)
    return Period(date.year, f"{date.month:02d}-{date.day:02d}")


def _date(match: re.Match[str]) -> Period | None:
    day, month, year = (int(part) for part in match.groups())
    if month > 12 >= day:  # 12/31/2018: an English-language Excel made this date
        day, month = month, day
    try:
        return of_date(dt.date(year, month, day))
    except ValueError:
        return None


def _quarter(match: re.Match[str]) -> Period:
    number = _ROMAN.get(match[1]) or int(match[1])
    return Period(int(match[2]) if match[2] else None, f"Q{number}")


def _months(match: re.Match[str]) -> Period | None:
    if match[1].isdigit() and not 1 <= int(match[1]) <= 12:
        return None  # "24 tháng" is no part of a year
    part = {"6": "H1", "sau": "H1", "9": "9M", "chin": "9M", "3": "Q1"}.get(match[1])
    part = "H2" if match[2] == "cuoi" else part or f"{match[1]}M"
    return Period(int(match[3]) if match[3] else None, part)


def _month(match: re.Match[str]) -> Period | None:
    if not 1 <= int(match[1]) <= 12:
        return None
    return Period(int(match[2]) if match[2] else None, f"{int(match[1]):02d}")


def _year(match: re.Match[str]) -> Period:
    return Period(int(match[1]))


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Period | None]], ...] = (
    (re.compile(rf"(?:ngay\s+)?(\d{{1,2}})\s+thang\s+(\d{{1,2}})\s+nam\s+({_YEAR})(?!\d)"), _date),
    (re.compile(rf"\b(\d{{1,2}})\s*[/\-.]\s*(\d{{1,2}})\s*[/\-.]\s*({_YEAR})(?!\d)"), _date),
    (re.compile(rf"\bquy\s+(iv|iii|ii|i|[1-4])\b{_OF_YEAR}"), _quarter),
    (re.compile(rf"\bq([1-4])\b{_OF_YEAR}"), _quarter),
    (
        re.compile(rf"\b(\d{{1,2}}|sau|chin)\s+thang(?:\s+(dau|cuoi))?(?:\s+nam\b)?{_OF_YEAR}"),
        _months,
    ),
    (re.compile(rf"\bthang\s+(\d{{1,2}})\b{_OF_YEAR}"), _month),
    (re.compile(rf"\bt?(\d{{1,2}})\s*/\s*({_YEAR})\b"), _month),
    (re.compile(r"^t\s?(\d{1,2})$()"), _month),
    (re.compile(rf"(?:\bnam\s*)?(?<![\d./\-])({_YEAR})\b(?![./,]\d)"), _year),
)
_RANGE = re.compile(
    rf"(?:giai\s+doan|thoi\s+ky|tu)?\s*(?:nam\s+)?\b({_YEAR})\s*(?:-|den)\s*(?:nam\s+)?({_YEAR})\b"
)
# "2021/2020", "ƯTH 2021/TH 2020": a year over the one that it is compared with
_OVER = re.compile(
    rf"(?<![\d/])({_YEAR})\s*/\s*"
    rf"(?:(?:nam|cung ky|th|uth|kh|uoc|thuc hien|ke hoach)\s*)*({_YEAR})\b(?!\s*/)"
)
_COMPARED = re.compile(
    rf"\bso\s+voi(?:\s+(?:cung\s+ky|cuoi|nam|ngay|thoi\s+diem))*"
    rf"\s+((?:31\s*[/\-.]\s*12\s*[/\-.]\s*)?({_YEAR}))\b(?![/\-.]\d)"
)


_SHEET_NAMES = (
    (re.compile(rf"^t(?:hang)? ?(\d{{1,2}})[ /-]+({_YEAR})$"), r"thang \1/\2"),
    (re.compile(rf"^(\d{{1,2}}) ?t(?:hang)?[ /-]*({_YEAR})$"), r"\1 thang nam \2"),
    (re.compile(rf"^q(?:uy)? ?(iv|iii|ii|i|[1-4])[ /-]+({_YEAR})$"), r"quy \1 nam \2"),
)


def spell_out_sheet(name: str) -> str:
    """A sheet's name with its period in words: `T6.2023`, `6T_2023`, `Q1-2023`; else as it is."""
    plain = " ".join(re.sub(r"[._]", " ", strip_text(name)).split())
    for pattern, words in _SHEET_NAMES:
        if pattern.match(plain):
            return pattern.sub(words, plain)
    return name


def find_periods(text: str) -> Found:
    """Every period named in a label, read from its accent-free form, longest forms first."""
    tidied = tidy(text)
    rest = strip_text(text)
    compared = _COMPARED.search(rest)
    if compared:  # "Số với năm 2013": the year that is compared with is not the figure's period
        rest = _blank(rest, compared.span(1))
    over = _OVER.search(rest)
    if over and over[1] > over[2]:  # 2020/2021 is a school year
        rest = _blank(rest, (over.end(1), over.end(2)))
    else:
        over = None
    base = compared[2] if compared else over[2] if over else None
    ranges = []
    for match in list(_RANGE.finditer(rest)):
        ranges.append((int(match[1]), int(match[2])))
        rest = _blank(rest, match.span())
    periods: list[Period] = []
    for pattern, read in _READERS:
        for match in list(pattern.finditer(rest)):
            period = read(match)
            if period is not None:
                periods.append(period)
                rest = _blank(rest, match.span())
    return Found(
        tuple(dict.fromkeys(periods)),
        tuple(ranges),
        int(base) if base else None,
        _without(tidied, rest),
        is_ratio=over is not None,
    )


def _blank(text: str, span: tuple[int, int]) -> str:
    start, end = span
    return text[:start] + _TAKEN * (end - start) + text[end:]


def _without(tidied: str, rest: str) -> str:
    """The tidied text less what was taken; accents survive, as both texts are of one length."""
    if len(tidied) != len(rest):
        tidied = rest
    return "".join(
        " " if taken == _TAKEN else letter for letter, taken in zip(tidied, rest, strict=True)
    )
