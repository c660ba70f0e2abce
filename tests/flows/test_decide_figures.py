"""Corrected figures as stewards type them, read the way the replaced cells were."""

from decimal import Decimal

import pytest

from expectations.deciding.drafting import DecisionRefused
from expectations.typing_style import Typed
from flows.deciding.figure import read_figure

PEOPLE = Typed("55.042", Decimal(55042), Decimal("0.5"), 0)
THOUSANDS = Typed("502,1", Decimal(502100), Decimal(50), 1)
RATE = Typed("15,2", Decimal("15.2"), Decimal("0.05"), 1)
STAFF = Typed("1.234", Decimal(1234), Decimal(0), 0)


@pytest.mark.parametrize(
    ("text", "replaced", "unit", "value"),
    [
        ("59.042", PEOPLE, "people", "59042"),
        ("59,042", PEOPLE, "people", "59042"),
        ("59 042", PEOPLE, "people", "59042"),
        ("59042", PEOPLE, "people", "59042"),
        ("(823)", PEOPLE, "people", "-823"),
        ("-1.339", PEOPLE, "people", "-1339"),
        ("498,7", THOUSANDS, "people", "498700"),
        ("1.498,7", THOUSANDS, "people", "1498700"),
        ("747,600", THOUSANDS, "people", "747600"),
        ("15,0", RATE, "percent", "15"),
        ("15.0%", RATE, "percent", "15"),
        ("12,345", RATE, "percent", "12.345"),
        ("2.345", STAFF, "staff", "2345"),
    ],
)
def test_a_figure_is_read_as_the_cell_it_replaces(
    text: str, replaced: Typed, unit: str, value: str
) -> None:
    assert read_figure(text, replaced, unit) == Decimal(value)


@pytest.mark.parametrize("text", ["59.04", "0,5", "59.042.1", "nhiều", "5-9", "=1+1"])
def test_what_is_no_count_of_people_is_refused(text: str) -> None:
    with pytest.raises(DecisionRefused):
        read_figure(text, PEOPLE, "people")
