"""Slips of the hand and the eye, made on purpose: a right figure in, a wrong one out."""

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from bench.made_tables import Made, MadeWorkbook

Digits = Callable[[random.Random, str], str]


def one_digit(rng: random.Random, digits: str) -> str:
    """59042 becomes 55042."""
    place = rng.randrange(len(digits))
    other = rng.choice([digit for digit in "0123456789" if digit != digits[place]])
    return digits[:place] + other + digits[place + 1 :]


def two_digits(rng: random.Random, digits: str) -> str:
    """Two digits wrong at once."""
    return one_digit(rng, one_digit(rng, digits))


def transposed(rng: random.Random, digits: str) -> str:
    """387113 becomes 387131."""
    place = rng.randrange(max(1, len(digits) - 1))
    return digits[:place] + digits[place : place + 2][::-1] + digits[place + 2 :]


def dropped(rng: random.Random, digits: str) -> str:
    """12390 becomes 1390."""
    place = rng.randrange(len(digits))
    return digits[:place] + digits[place + 1 :] or "0"


def doubled(rng: random.Random, digits: str) -> str:
    """3722 becomes 37722."""
    place = rng.randrange(len(digits))
    return digits[: place + 1] + digits[place:]


OF_DIGITS: dict[str, Digits] = {
    slip.__name__: slip for slip in (one_digit, two_digits, transposed, dropped, doubled)
}
# How often each slip is made: digits most, as people do.
SLIPS = {
    "one_digit": 8,
    "two_digits": 1,
    "transposed": 4,
    "dropped": 2,
    "doubled": 2,
    "separator": 2,
    "copied": 2,
    "draft": 2,
    "swapped": 2,
    "shifted": 2,
}


def slip(
    rng: random.Random, book: MadeWorkbook, kind: str, errors: int = 1
) -> tuple[MadeWorkbook, set[int]]:
    """A workbook with slips, and the places (in `figures`) of its wrong figures.

    No place when the slip left every figure what it was.
    """
    figures, wrong = list(book.figures), set[int]()
    shown = [place for place, figure in enumerate(figures) if not figure.hidden and figure.value]
    for place in rng.sample(shown, min(errors, len(shown))):
        for changed, figure in _slipped(rng, book.figures, place, kind):
            if figure.value != book.figures[changed].value:
                figures[changed] = figure
                wrong.add(changed)
    return replace(book, figures=tuple(figures)), wrong


def _slipped(
    rng: random.Random, figures: tuple[Made, ...], place: int, kind: str
) -> list[tuple[int, Made]]:
    figure = figures[place]
    if kind in OF_DIGITS:
        digits = OF_DIGITS[kind](rng, str(abs(int(figure.value / figure.step))))
        sign = -1 if figure.value < 0 else 1
        return [(place, replace(figure, value=sign * int(digits) * figure.step))]
    if kind == "separator":
        power = Decimal(rng.choice(("10", "0.1", "1000", "0.001")))
        if figure.tallied and power < 1:
            return []
        step = figure.step * power
        if step > figure.scale:
            step = figure.scale
        return [(place, replace(figure, value=figure.value * power, step=step))]
    if kind == "draft":
        away = rng.choice((-1, 1)) * rng.choice((1, 2, 3, 5, 8, 20, 50, 200, 1000))
        value = figure.value + away * figure.step
        return [(place, replace(figure, value=value))] if value >= 0 else []
    return _beside(rng, figures, place, kind)


def _beside(
    rng: random.Random, figures: tuple[Made, ...], place: int, kind: str
) -> list[tuple[int, Made]]:
    """The figure of the next row or column, copied or exchanged."""
    figure = figures[place]
    if kind == "shifted":
        return _shifted(rng, figures, place)
    near = [
        other
        for other, one in enumerate(figures)
        if one.page == figure.page
        and (one.step, one.scale) == (figure.step, figure.scale)
        and abs(one.row - figure.row) + abs(one.column - figure.column) == 1
        and one.indicator == figure.indicator
        and one.value
    ]
    if not near:
        return []
    other = rng.choice(near)
    changes = [(place, replace(figure, value=figures[other].value))]
    if kind == "swapped":
        changes.append((other, replace(figures[other], value=figure.value)))
    return changes


def _shifted(rng: random.Random, figures: tuple[Made, ...], place: int) -> list[tuple[int, Made]]:
    """Four or more figures of a column, each typed one row too high; the first is lost."""
    figure = figures[place]
    below = sorted(
        (one.row, other)
        for other, one in enumerate(figures)
        if (one.page, one.column, one.indicator, one.step, one.scale)
        == (figure.page, figure.column, figure.indicator, figure.step, figure.scale)
        and one.row >= figure.row
        and one.value
    )
    run = [other for _, other in below[: rng.choice((4, 5, 6))]]
    if len(run) < 4:
        return []
    return [
        (here, replace(figures[here], value=figures[there].value)) for here, there in pairwise(run)
    ]
