"""Number format codes: cut into the pieces that a number or a date is printed with."""

import re
from dataclasses import dataclass
from functools import lru_cache

# The codes that a workbook may use by number without writing them down (ECMA-376 part 1, 18.8.30).
# 14 and 22 follow the reader's country in Excel; month first is how the standard spells them.
BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)',
    6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)',
    8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "m/d/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yyyy h:mm",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)',
    42: '_("$"* #,##0_);_("$"* (#,##0);_("$"* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)',
    44: '_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
}

_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|\\(?P<escaped>.)"
    r"|_(?P<space>.)"
    r"|\*(?P<fill>.)"
    r"|\[(?P<bracket>[^\]]*)\]"
    r"|(?P<general>General)"
    r"|(?P<scientific>E[+-])"
    r"|(?P<noon>AM/PM|A/P)"
    r"|(?P<date>y+|m+|d+|h+|s+)"
    r"|(?P<digit>[0#?])"
    r"|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)$")
_ELAPSED = re.compile(r"(h+|m+|s+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a section: its kind (a group name of the pattern) and its text."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One of up to four parts of a format code, `[Red][<100]0.0` say."""

    pieces: tuple[Piece, ...]
    condition: tuple[str, str] | None = None

    def has(self, *kinds: str) -> bool:
        """Whether a piece of one of these kinds occurs."""
        return any(piece.kind in kinds for piece in self.pieces)

    @property
    def is_date(self) -> bool:
        """Whether this section prints a day or a time of day."""
        return self.has("date") and not self.has("elapsed", "scientific")


@lru_cache(maxsize=4096)
def sections(code: str) -> tuple[Section, ...]:
    """The sections of a format code, cut at `;` outside of quotes and brackets."""
    found: list[Section] = []
    pieces: list[Piece] = []
    condition: tuple[str, str] | None = None
    for match in _PIECE.finditer(code):
        kind, text = match.lastgroup or "plain", match.group(match.lastgroup or 0)
        if kind == "plain" and text == ";":
            found.append(Section(tuple(pieces), condition))
            pieces, condition = [], None
        elif kind == "bracket":
            condition = _condition(text) or condition
            pieces.extend(_bracket(text))
        else:
            pieces.append(Piece(kind, text))
    found.append(Section(tuple(pieces), condition))
    return tuple(found[:4])


def is_date(code: str) -> bool:
    """Whether numbers under this format are printed as a day or a time of day."""
    return code != "General" and sections(code)[0].is_date


def _condition(text: str) -> tuple[str, str] | None:
    match = _CONDITION.match(text.strip())
    return (match[1], match[2]) if match else None


def _bracket(text: str) -> list[Piece]:
    """What a bracket prints: the sign of `[$₫-42A]`, an elapsed time, or nothing (colours)."""
    if text.startswith("$"):
        return [Piece("quoted", text[1:].partition("-")[0])]
    return [Piece("elapsed", text)] if _ELAPSED.match(text) else []
