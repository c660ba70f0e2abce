"""A clerk's habits: how numbers, headers, names and the page around a table are typed."""

import random
from dataclasses import dataclass, replace
from typing import Literal

Numbers = Literal[
    "dots",
    "commas",
    "spaces",
    "real",
    "general",
    "thousands_text_1",
    "thousands_real_1",
    "thousands_text_3",
    "thousands_real_3",
]
Rates = Literal["percent_text", "text", "fraction", "format", "general"]
NUMBERS: tuple[Numbers, ...] = (
    "dots",
    "commas",
    "spaces",
    "real",
    "general",
    "thousands_text_1",
    "thousands_real_1",
    "thousands_text_3",
    "thousands_real_3",
)
TOTALS = ("Toàn tỉnh", "Tổng cộng", "TỔNG SỐ", "Cộng", "Chung toàn tỉnh")
LETTERS = ("nfc", "nfc", "nfc", "nfd", "eth", "tone", "nbsp", "spaces")


@dataclass(frozen=True, slots=True)
class Style:
    """One clerk's choices; every layout obeys them as far as it can."""

    numbers: Numbers = "dots"
    rates: Rates = "text"
    rate_decimals: int = 1
    header: Literal["merged", "repeated", "first"] = "merged"
    total: Literal["first", "last", "absent"] = "last"
    total_name: str = "Tổng cộng"
    shift: tuple[int, int] = (0, 0)
    blank_rows: int = 0
    blank_columns: int = 0
    places: Literal["full", "bare", "short", "tight"] = "full"
    upper: bool = False
    letters: str = "nfc"
    slip: bool = False
    marks: bool = False
    broken: bool = False
    column_numbers: bool = False
    national_header: bool = False
    document_line: bool = True
    notes: bool = False
    signatures: bool = False
    shuffled: bool = False
    negatives: Literal["minus", "brackets"] = "minus"
    gaps: float = 0.0
    synonyms: bool = True

    @property
    def thousands(self) -> bool:
        """Whether people are printed in thousands."""
        return self.numbers.startswith("thousands")

    @property
    def decimal_mark(self) -> str:
        """The mark before the decimals of typed text."""
        return "." if self.numbers == "commas" else ","


def in_base_units(style: Style) -> Style:
    """The same habits for tables that hold more than people: no thousands."""
    swap: dict[Numbers, Numbers] = {
        "thousands_text_1": "dots",
        "thousands_text_3": "dots",
        "thousands_real_1": "real",
        "thousands_real_3": "real",
    }
    return replace(style, numbers=swap.get(style.numbers, style.numbers))


def draw_style(rng: random.Random) -> Style:
    """A clerk: about half the habits are ordinary, so that combinations stay typical."""
    numbers = rng.choice(NUMBERS)
    typed = numbers in {"dots", "commas", "spaces"} or "text" in numbers
    stored: tuple[Rates, ...] = ("fraction", "format", "general", "percent_text")
    rates: tuple[Rates, ...] = ("percent_text", "text", "text") if typed else stored
    return Style(
        numbers=numbers,
        rates=rng.choice(rates),
        rate_decimals=rng.choice((1, 1, 2)),
        header=rng.choice(("merged", "merged", "repeated", "first")),
        total=rng.choice(("first", "last", "absent")),
        total_name=rng.choice(TOTALS),
        shift=(rng.choice((0, 0, 1, 3)), rng.choice((0, 0, 1, 2))),
        blank_rows=rng.choice((0, 0, 0, 1, 2)),
        blank_columns=rng.choice((0, 0, 0, 1)),
        places=rng.choice(("full", "bare", "short", "tight")),
        upper=rng.random() < 0.15,
        letters=rng.choice(LETTERS),
        slip=rng.random() < 0.15,
        marks=rng.random() < 0.15,
        broken=rng.random() < 0.25,
        column_numbers=rng.random() < 0.2,
        national_header=rng.random() < 0.3,
        document_line=rng.random() < 0.85,
        notes=rng.random() < 0.4,
        signatures=rng.random() < 0.5,
        shuffled=rng.random() < 0.4,
        negatives=rng.choice(("minus", "brackets")),
        gaps=rng.choice((0.0, 0.0, 0.0, 0.0, 0.04)),
    )
