"""How a clerk types figures, and a computed figure written the same way."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

MINUS = "\u2212"
# One figure with fewer decimals may be the slip that is looked for.
FEWEST_SHORT = 2
_NUMBER = re.compile(r"\d[\d.,' \u00a0\u202f]*\d|\d")


@dataclass(frozen=True, slots=True)
class Typed:
    """A figure as typed, with what it stands for.

    `value` is in base units; `half_width` and `decimals` are those of its print.
    """

    text: str
    value: Decimal
    half_width: Decimal
    decimals: int

    @property
    def factor(self) -> Decimal:
        """The printed unit in base units: 1000 for `502,1` under "Nghìn người"."""
        if not self.half_width:
            return Decimal(1)  # tallied figures are printed one by one
        return (self.half_width * 2).scaleb(self.decimals)


@dataclass(frozen=True, slots=True)
class TypingStyle:
    """The marks of thousands and decimals, and the unit figures are printed in.

    `short`: zeros at the end are left out, as spreadsheets do in cells without a format.
    """

    thousands: str = "."
    decimal: str = ","
    factor: Decimal = Decimal(1)
    short: bool = False

    def written(self, value: Decimal, decimals: int) -> str:
        """A figure in base units as the clerk would type it: `748.190`, `−4.000`, `12,83`."""
        printed = round(value / self.factor, decimals)
        whole, _, rest = f"{abs(printed):f}".partition(".")
        rest = rest.rstrip("0") if self.short else rest
        grouped = f"{int(whole):,}".replace(",", self.thousands)
        sign = MINUS if printed < 0 else ""
        return sign + grouped + (self.decimal + rest if rest else "")


def style_of(figures: Iterable[Typed]) -> TypingStyle:
    """The style of figures that stand together; the first that shows a mark decides it."""
    shown = list(figures)
    decimal = next(filter(None, (_marks(figure)[1] for figure in shown)), "")
    others = (_marks(figure)[0] for figure in shown)
    thousands = next((mark for mark in others if mark and mark != decimal), "")
    decimal = decimal or ("." if thousands == "," else ",")
    thousands = thousands or (" ." if decimal == "," else " ,")[1]
    return TypingStyle(thousands, decimal, shown[0].factor if shown else Decimal(1))


def usual_style(figures: Iterable[Typed]) -> TypingStyle:
    """The style that most figures of a table show; a thousand typed without a mark counts too."""
    thousands: Counter[str] = Counter()
    decimals: Counter[str] = Counter()
    shown = list(figures)
    for figure in shown:
        group, point = _marks(figure)
        if abs(figure.value / figure.factor) >= 1000:
            thousands[group] += 1
        if figure.decimals and point:
            decimals[point] += 1
    group = thousands.most_common(1)[0][0] if thousands else "?"
    point = decimals.most_common(1)[0][0] if decimals else ""
    point = point or ("." if group == "," else ",")
    if group in {"?", point}:
        group = "." if point == "," else ","
    return TypingStyle(group, point, short=_is_short(shown))


def _is_short(figures: Sequence[Typed]) -> bool:
    """Whether zeros are left out: several figures have fewer decimals, and none ends in a zero.

    95.4, 91, 88.7, 90: no percentage of that table reads 91.0.
    """
    most = max((figure.decimals for figure in figures), default=0)
    fewer = sum(figure.decimals < most for figure in figures)
    ends = (_NUMBER.search(figure.text) for figure in figures if figure.decimals)
    return fewer >= FEWEST_SHORT and not any(end and end[0].endswith("0") for end in ends)


def retyped(typed: Typed, value: Decimal, decimals: int, style: TypingStyle) -> str:
    """Another figure in the place of a typed one, as that clerk would type it.

    What surrounds the number stays (`12,0%` becomes `11,6%`); the sign follows the value.
    """
    of_unit = replace(style, factor=typed.factor)
    figure = of_unit.written(abs(value), decimals)
    found = _NUMBER.search(typed.text)
    before, after = (typed.text[: found.start()], typed.text[found.end() :]) if found else ("", "")
    negative = bool(re.search(r"[-(\u2212\u2013]\s*$", before))
    if negative and value >= 0:
        return re.sub(r"[-(\u2212\u2013]\s*$", "", before) + figure + after.lstrip(") ")
    return before + ("-" if value < 0 and not negative else "") + figure + after


def plain(value: Decimal) -> int:
    """How many decimals a figure needs to be written exactly."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _marks(figure: Typed) -> tuple[str, str]:
    """The marks that a typed figure shows: of thousands, of decimals."""
    found = _NUMBER.search(figure.text)
    if not found:
        return "", ""
    marks = [mark for mark in found[0] if not mark.isdigit()]
    if not marks:
        return "", ""
    if figure.decimals and found[0][-figure.decimals - 1] == marks[-1]:
        return (marks[0] if len(marks) > 1 else ""), marks[-1]
    return marks[-1], ""
