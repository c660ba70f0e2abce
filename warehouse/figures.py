"""Exact figures as text: what the warehouse keeps of them, and how people see them."""

from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal

# DECIMAL(38, 12): 26 digits before the mark, 12 after.
DECIMALS = 12
WHOLE_DIGITS = 26
STEP = Decimal(1).scaleb(-DECIMALS)


class FigureTooLarge(ValueError):
    """A figure with more digits before its decimal mark than the warehouse keeps."""


def kept(text: str, *, upwards: bool = False) -> str:
    """A decimal as the warehouse stores it: plain digits, 12 decimals at most.

    A General-format number may print more (`12.3456789012345`); it is rounded at the
    12th, a half-width upwards, so that the interval never loses the printed figure.
    """
    dot = text.find(".")
    if (
        "E" not in text
        and (dot < 0 or len(text) - dot <= DECIMALS + 1)
        and len(text) < WHOLE_DIGITS
    ):
        return text
    value = Decimal(text)
    if value.adjusted() >= WHOLE_DIGITS:
        raise FigureTooLarge(f"{text} has more than {WHOLE_DIGITS} digits; it is no figure.")
    rounding = ROUND_CEILING if upwards else ROUND_HALF_EVEN
    if -int(value.as_tuple().exponent) > DECIMALS:
        value = value.quantize(STEP, rounding)
    return format(value, "f")


def all_kept(texts: list[str], *, upwards: bool = False) -> list[str]:
    """`kept` of each; a column of short plain numbers, as nearly all are, is seen at once."""
    short = max(map(len, texts), default=0) <= DECIMALS + 1
    if short and "E" not in "".join(texts):
        return texts
    return [kept(text, upwards=upwards) for text in texts]


def plain(value: Decimal) -> str:
    """A decimal without trailing zeros: `90.790000` is `90.79`, `474863.00` is `474863`."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
