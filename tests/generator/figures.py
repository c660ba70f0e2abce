"""Types a figure in a clerk's number style and says what the printed text is worth."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tests.generator.style import Style
from tests.generator.world import round_half_up

TALLIED = frozenset({"bhyt_facilities", "bhyt_staff"})


@dataclass(frozen=True, slots=True)
class Typed:
    """What is put into a cell, and the literal it stands for, in base units."""

    value: str | float | int
    number_format: str
    literal: Decimal
    half_width: Decimal


def unit_of(indicator: str) -> str:
    """The base unit of an indicator."""
    if indicator.endswith("_pct"):
        return "percent"
    if "revenue" in indicator or "expenditure" in indicator:
        return "VND"
    if indicator.startswith("bhyt_visits"):
        return "visits"
    return "facilities" if indicator == "bhyt_facilities" else "people"


def type_figure(exact: Fraction, indicator: str, style: Style, scale: int) -> Typed:
    """The cell for an exact figure; `scale` is the printed unit in base units."""
    if indicator.endswith("_pct"):
        return type_rate(exact, style)
    return type_count(exact, indicator, style, scale)


def type_rate(exact: Fraction, style: Style) -> Typed:
    """A percentage: `94,6%`, `94,6`, 0.946 under `0.0%`, 94.6 under `0.0` or General."""
    decimals = style.rate_decimals
    literal = round_half_up(exact, decimals)
    half = Decimal(5).scaleb(-decimals - 1)
    zeros = "0" * decimals
    text = group(literal, decimals, "", style.decimal_mark)
    if style.rates == "percent_text":
        return Typed(f"{text}%", "@", literal, half)
    if style.rates == "text":
        return Typed(text, "@", literal, half)
    if style.rates == "fraction":
        return Typed(float(literal / 100), f"0.{zeros}%", literal, half)
    if style.rates == "format":
        return Typed(float(literal), f"0.{zeros}", literal, half)
    shown = literal.normalize()
    printed = max(0, -int(shown.as_tuple().exponent))
    return Typed(float(literal), "General", literal, Decimal(5).scaleb(-printed - 1))


def type_count(exact: Fraction, indicator: str, style: Style, scale: int) -> Typed:
    """A count or an amount of money, grouped as the clerk groups."""
    decimals = 0
    if style.thousands and scale == 1000 and unit_of(indicator) == "people":
        decimals = int(style.numbers[-1])
    printed = round_half_up(exact / scale, decimals)
    half = Decimal(0) if indicator in TALLIED else Decimal(5).scaleb(-decimals - 1) * scale
    literal = printed * scale
    if "text" in style.numbers or style.numbers in {"dots", "commas", "spaces"}:
        mark = {"commas": ",", "spaces": " "}.get(style.numbers, ".")
        text = group(printed, decimals, mark, style.decimal_mark)
        if printed < 0 and style.negatives == "brackets":
            text = f"({text[1:]})"
        return Typed(text, "@", literal, half)
    if style.numbers == "general":
        return Typed(int(printed), "General", literal, half)
    shown = "#,##0" + ("." + "0" * decimals if decimals else "")
    return Typed(float(printed) if decimals else int(printed), shown, literal, half)


def group(value: Decimal, decimals: int, thousands: str, mark: str) -> str:
    """A number as text: `group(1234567.8, 1, ".", ",") == "1.234.567,8"`."""
    text = f"{value:,.{decimals}f}"
    return text.replace(",", "\0").replace(".", mark).replace("\0", thousands)
