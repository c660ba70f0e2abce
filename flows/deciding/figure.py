"""A corrected figure as a steward types it, read the way the cell that it replaces was read."""

from decimal import Decimal

from expectations.deciding.drafting import DecisionRefused
from expectations.typing_style import Typed, style_of
from flows.reading.numbers import Mark, evidence, read_number, take_apart

COUNTED = frozenset({"people", "visits", "facilities", "staff"})
PARTS: dict[str, Mark] = {".": "decimal", ",": "decimal"}
WHOLE: dict[str, Mark] = {".": "group", ",": "group"}


def read_figure(text: str, replaced: Typed, unit: str) -> Decimal:
    """A typed figure in base units: `59.042` beside `55.042` people is 59042, `15,0` a percentage.

    It is in the unit that the replaced figure was printed in (thousands stay thousands). What
    the figure's own form proves counts first; percentages have decimals; whole units group by
    thousands; scaled ones follow the replaced figure. Raises DecisionRefused.
    """
    typed = take_apart(text)
    if typed is None:
        raise DecisionRefused("not_a_figure", figure=text)
    number = read_number(typed, _marks(replaced, unit) | evidence(typed))
    if number is None:
        raise DecisionRefused("not_a_figure", figure=text)
    value = number[0] * replaced.factor
    if unit in COUNTED and value != value.to_integral_value():
        raise DecisionRefused("not_whole", figure=text, unit=unit)
    return value


def _marks(replaced: Typed, unit: str) -> dict[str, Mark]:
    if unit == "percent":
        return PARTS
    if replaced.factor == 1:
        return WHOLE
    decimal = style_of([replaced]).decimal
    group = "." if decimal == "," else ","
    return {group: "group", decimal: "decimal"}
