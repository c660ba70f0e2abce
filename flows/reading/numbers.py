"""Numbers as clerks type them, read under each convention that their marks allow.

`.` groups thousands or marks decimals, so does `,`; which one is settled per
table (see `choose_marks`), never per figure: `27.340` is 27,340 people beside
`95,28` and 27.34 percent beside `94.6`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from expectations.folding import strip_text

Mark = Literal["group", "decimal"]

_BODY = re.compile(r"\d+(?:[.,]\d+)*|\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?")
_NUMBER = re.compile(
    r"^(?P<open>\()?\s*(?P<sign>[-+−–])?\s*(?P<body>\d[\d.,’' ]*?)\s*(?P<percent>%)?\s*"
    r"(?P<close>\))?$"
)
_FOOTNOTE = re.compile(r"(?<=\d)\s*(?:\((?:\d{1,2}|\*+)\)|\*+)$")  # "110.000(1)", "98.000 (*)"
# "203.400." and "95,6." as at the end of a sentence, but "1." and "1.1." are outline codes
_QUOTED = re.compile(r"^['’`](?=[-+(]?\d)")  # "'1.234": the sign that makes a text of a number
_TRAILING = re.compile(r"(?:(?<=\d{3})|(?<=,\d{2})|(?<=,\d))[.;]$")
_SUFFIX = re.compile(r"^(?P<number>[-+(]?\d[\d.,\s]*)(?P<unit>[^\W\d_][^\d()]*)$")
_SLIPPED = re.compile(r"^[-+(]?(?=(?:[^\d]*\d){2})[\dOolI.,]+\s*%?\)?$")
_DASHES = frozenset({"-", "–", "—", "−", "--", "---"})
_MISSING = frozenset({"...", "…", "....", "x", "X", "n/a", "na", "N/A", "..", "/"})
_NO_FIGURE = re.compile(  # said in words where a figure is asked for
    r"^\W*(?:khong|ko|k|chua)(?:\s+(?:co|phat sinh|bao cao|thong ke|tong hop|ap dung|duoc giao))"
    r"(?:\s+(?:so lieu|bao cao|thong tin|doi tuong|nao))?\W*$|^\W*(?:khong |chua |vuot )?dat\W*$"
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A number's marks taken apart, before it is known what they mean.

    `whole` and `parts` are the digit runs with the separators between them;
    `dash` says that the cell holds an accounting dash, which is zero.
    """

    negative: bool
    digits: tuple[str, ...]
    marks: tuple[str, ...]
    percent: bool
    dash: bool = False

    @property
    def is_integer_like(self) -> bool:
        """Whether the number has no mark at all: `34110`."""
        return not self.marks


def is_dash(text: str) -> bool:
    """Whether a cell holds only a dash, as accounting formats print zero."""
    return text.strip(" \u00a0\t\n") in _DASHES


def split_unit(text: str) -> tuple[str, str]:
    """A figure typed with its unit, `750.123 người`, as number and unit; no unit: an empty one."""
    match = _SUFFIX.match(text.replace("\u00a0", " ").strip())
    return (match["number"].strip(), match["unit"].strip()) if match else (text, "")


def is_missing(text: str) -> bool:
    """Whether a cell says that there is no figure: `...`, `x`, `Chưa có số liệu`, `Đạt`."""
    bare = text.strip(" \u00a0\t\n")
    return bare in _MISSING or (2 <= len(bare) < 30 and bool(_NO_FIGURE.match(strip_text(bare))))


def is_slipped(text: str) -> bool:
    """Whether a text was meant for a number and is none: `12.8O0`, `203..400`, `l2.500`."""
    return bool(_SLIPPED.match(text.strip(" \u00a0\t\n"))) and take_apart(text) is None


@lru_cache(maxsize=20_000)
def take_apart(text: str) -> Typed | None:
    """The marks and digits of a typed number, None if the text is not one number."""
    clean = text.replace("\u00a0", " ").replace("\u202f", " ").strip()
    clean = _QUOTED.sub("", clean)
    clean = _TRAILING.sub("", _FOOTNOTE.sub("", clean))
    if is_dash(clean):
        return Typed(False, ("0",), (), False, dash=True)
    match = _NUMBER.match(clean)
    if not match or bool(match["open"]) != bool(match["close"]):
        return None
    body = match["body"].strip()
    if not _BODY.fullmatch(body):
        return None
    digits = tuple(re.split(r"[^\d]", body))
    marks = tuple("'" if mark in "'’" else mark for mark in re.findall(r"[^\d]", body))
    negative = bool(match["open"]) or match["sign"] in ("-", "−", "–")
    return Typed(negative, digits, marks, bool(match["percent"]))


def evidence(typed: Typed) -> dict[str, Mark]:
    """What a number's own form proves about its marks; empty where it proves nothing.

    Twice the same mark groups (`1,234,567`); of two marks the last is the decimal
    one; a run after a mark that is not three digits long is decimals (`95,28`), and
    so is what follows a leading zero (`0,675`) or more than three digits (`1234.5`).
    """
    if not typed.marks:
        return {}
    kinds = list(dict.fromkeys(typed.marks))
    if len(kinds) == 2:
        return {kinds[0]: "group", kinds[1]: "decimal"}
    mark = kinds[0]
    if mark not in ".,":
        return {mark: "group"}
    if len(typed.marks) > 1:
        return {mark: "group"} if all(len(run) == 3 for run in typed.digits[1:]) else {}
    head, tail = typed.digits
    if len(tail) != 3 or head.startswith("0") or len(head) > 3:
        return {mark: "decimal"}
    return {}


def is_well_formed(typed: Typed, marks: dict[str, Mark]) -> bool:
    """Whether a number can be read under the given meaning of its marks."""
    groups = [
        run
        for mark, run in zip(typed.marks, typed.digits[1:], strict=True)
        if marks.get(mark, "group") == "group"
    ]
    decimals = [mark for mark in typed.marks if marks.get(mark) == "decimal"]
    return (
        len(decimals) <= 1
        and (not decimals or marks.get(typed.marks[-1]) == "decimal")
        and all(len(run) == 3 for run in groups)
        and (not groups or 1 <= len(typed.digits[0]) <= 3)
    )


def read_number(typed: Typed, marks: dict[str, Mark]) -> tuple[Decimal, int] | None:
    """The exact value and its printed decimals, None where the marks do not fit."""
    if not is_well_formed(typed, marks):
        return None
    text, decimals = typed.digits[0], 0
    for mark, run in zip(typed.marks, typed.digits[1:], strict=True):
        if marks.get(mark) == "decimal":
            text, decimals = f"{text}.{run}", len(run)
        else:
            text += run
    value = Decimal(text)
    return (-value if typed.negative and value else value), decimals


def choose_marks(numbers: Iterable[Typed], default: dict[str, Mark]) -> dict[str, Mark]:
    """What `.` and `,` mean in a set of numbers: by proof, else by each other, else by default.

    Where a mark is proven both ways (a table that mixes forms) the more frequent proof
    counts and the others are read by their own form.
    """
    votes: dict[str, dict[Mark, int]] = {
        ".": {"group": 0, "decimal": 0},
        ",": {"group": 0, "decimal": 0},
    }
    for typed in numbers:
        for mark, meaning in evidence(typed).items():
            if mark in votes:
                votes[mark][meaning] += 1
    chosen: dict[str, Mark] = {}
    for mark, count in votes.items():
        if count["group"] != count["decimal"]:
            chosen[mark] = "group" if count["group"] > count["decimal"] else "decimal"
    for mark, other in ((".", ","), (",", ".")):
        if mark not in chosen:
            if other in chosen:
                chosen[mark] = "group" if chosen[other] == "decimal" else "decimal"
            else:
                chosen[mark] = default[mark]
    return chosen
