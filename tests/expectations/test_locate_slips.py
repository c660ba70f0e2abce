"""How people mistype, and how a repaired figure is typed in their way."""

from decimal import Decimal
from fractions import Fraction

import pytest

from expectations.locate.confidence import calibrated, calibration
from expectations.locate.slips import Keyed, shares
from expectations.typing_style import Typed, TypingStyle, retyped, usual_style

ONE = Fraction(1)


def likeliest(typed: int | str, meant: int | str, *neighbours: int) -> str:
    value, step = Fraction(typed), ONE if isinstance(typed, int) else Fraction(1, 10)
    beside = [Fraction(one) for one in neighbours]
    ways = Keyed(value, step, step, beside).ways(Fraction(meant))
    return max(ways, key=lambda sort: ways[sort])


@pytest.mark.parametrize(
    ("typed", "meant", "sort"),
    [
        (55042, 59042, "one_digit"),
        (387131, 387113, "transposed"),
        (1390, 12390, "dropped"),
        (37722, 3722, "doubled"),
        (31722, 3722, "inserted"),
        (55042, 59142, "two_digits"),
        (590420, 59042000, "separator"),
        ("945.0", "94.5", "separator"),
        (-682, 682, "sign"),
        (75608, 91421, "draft"),
    ],
)
def test_each_slip_is_known_for_what_it_is(typed: int | str, meant: int | str, sort: str) -> None:
    assert likeliest(typed, meant) == sort


def test_a_neighbours_figure_was_copied() -> None:
    assert likeliest(491421, 475608, 491421) == "copied"


def test_one_digit_is_likelier_than_two_and_a_near_draft_than_a_far_one() -> None:
    keyed = Keyed(Fraction(55042), ONE, ONE)
    assert keyed.likelihood(Fraction(59042)) > keyed.likelihood(Fraction(59142))
    assert keyed.likelihood(Fraction(55059)) > keyed.likelihood(Fraction(77777))


def test_every_figure_that_one_slip_makes_is_thought_of() -> None:
    thought = set(Keyed(Fraction(1390), ONE, ONE).meant())
    assert {12390, 1391, 3190, 190, 13900, 139, -1390, 1390000} <= thought


def test_the_shares_of_slips_are_a_whole() -> None:
    sorts = [share for sort, share in shares().items() if not sort.startswith("structural")]
    assert sum(sorts) == pytest.approx(1)


def test_confidence_grows_with_what_speaks_for_it() -> None:
    told = [calibrated(step / 100) for step in range(101)]
    assert told == sorted(told)
    assert 0 < told[0] < told[-1] < 1
    for raw, right in calibration():
        assert calibrated(raw) == pytest.approx(right)


def typed(text: str, value: str, half: str = "0.5", decimals: int = 0) -> Typed:
    return Typed(text, Decimal(value), Decimal(half), decimals)


DOTS = TypingStyle(".", ",")


@pytest.mark.parametrize(
    ("figure", "value", "decimals", "text"),
    [
        (typed("55.042", "55042"), "59042", 0, "59.042"),
        (typed("3 729", "3729"), "3722", 0, "3.722"),
        (typed("12,0%", "12", "0.05", 1), "11.6", 1, "11,6%"),
        (typed("(823)", "-823"), "-832", 0, "(832)"),
        (typed("(823)", "-823"), "832", 0, "832"),
        (typed("682", "682"), "-682", 0, "-682"),
        (typed("502,1", "502100", "50", 1), "512100", 1, "512,1"),
    ],
)
def test_a_repaired_figure_is_typed_as_that_clerk_types(
    figure: Typed, value: str, decimals: int, text: str
) -> None:
    assert retyped(figure, Decimal(value), decimals, DOTS) == text


def test_the_style_is_what_most_of_the_table_shows() -> None:
    shown = [typed("3 729", "3729"), typed("61.184", "61184"), typed("59.042", "59042")]
    assert usual_style(shown) == DOTS
    assert usual_style([typed("34110", "34110")]) == TypingStyle("", ",")
    assert usual_style([typed("49,471", "49471"), typed("12.9", "12.9", "0.05", 1)]) == (
        TypingStyle(",", ".")
    )
