"""Slips of the clerk in a workbook that is still on the desk: figures typed wrong on its pages."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from bench.slipping import doubled, dropped, one_digit, transposed
from tests.generator.figures import Typed, group, type_figure
from tests.generator.page import Meaning, Page

Spot = tuple[int, tuple[int, int]]  # number of the page, row and column on it
Changes = dict[Spot, Typed]
DIGITS = (one_digit, dropped, doubled, transposed)
KINDS = (
    *("one_digit", "dropped", "doubled", "transposed", "separator", "unit_factor", "copied"),
    *("swapped", "shifted_rows", "shifted_columns", "total_wrong", "percent_wrong"),
    *("two_errors", "three_errors"),
)


@dataclass(frozen=True, slots=True)
class Sheets:
    """The pages of one workbook and the slips that can be made on them."""

    rng: random.Random
    pages: Sequence[Page]

    def slip(self, kind: str) -> Changes:
        """What is typed wrong by one slip of a kind (or several); nothing where it can not be."""
        errors = {"two_errors": 2, "three_errors": 3}.get(kind, 1)
        spots = list(self._spots(kind))
        changes: Changes = {}
        for spot in self.rng.sample(spots, min(errors, len(spots))):
            changes |= self._slipped(spot, kind)
        return {
            spot: typed for spot, typed in changes.items() if typed.value != self.typed(spot).value
        }

    def typed(self, spot: Spot) -> Typed:
        """What is typed right."""
        return self.pages[spot[0]].figures[spot[1]][0]

    def meaning(self, spot: Spot) -> Meaning:
        """What the figure of a spot means."""
        return self.pages[spot[0]].figures[spot[1]][1]

    def slipped_pages(self, changes: Changes) -> list[Page]:
        """The pages with the wrong figures on them."""
        pages = []
        for number, page in enumerate(self.pages):
            own = {place: typed for (where, place), typed in changes.items() if where == number}
            figures = {
                place: (own.get(place, typed), meaning)
                for place, (typed, meaning) in page.figures.items()
            }
            pages.append(replace(page, figures=figures))
        return pages

    def _spots(self, kind: str) -> Iterator[Spot]:
        for number, page in enumerate(self.pages):
            for place, (typed, meaning) in page.figures.items():
                if not page.hidden and typed.literal and self._suits(kind, page, meaning):
                    yield number, place

    def _suits(self, kind: str, page: Page, meaning: Meaning) -> bool:
        percent = _is_percent(meaning)
        if kind == "percent_wrong":
            return percent
        if kind == "unit_factor":
            return not percent and (meaning.scale or page.scale()) > 1
        if kind == "total_wrong":
            total = (meaning.group or "total") == "total"
            return total and not percent and meaning.area == page.voice.world.province.code
        return True

    def _slipped(self, spot: Spot, kind: str) -> Changes:
        if kind == "separator":
            return {spot: self._moved_mark(spot)}
        if kind == "unit_factor":
            return {spot: self._in_base_units(spot)}
        if kind in {"copied", "swapped"}:
            return self._beside(spot, both=kind == "swapped")
        if kind.startswith("shifted"):
            return self._shifted(spot, by_row=kind == "shifted_rows")
        slips: dict[str, Callable[[random.Random, str], str]] = {
            slip.__name__: slip for slip in DIGITS
        }
        return {spot: self._retyped(spot, slips.get(kind) or self.rng.choice(DIGITS))}

    def _retyped(self, spot: Spot, slip: Callable[[random.Random, str], str]) -> Typed:
        """Wrong in its digits, typed as everything else."""
        typed, meaning, page = self.typed(spot), self.meaning(spot), self.pages[spot[0]]
        unit = typed.half_width * 2 or Decimal(1)
        digits = slip(self.rng, str(abs(int(typed.literal / unit))))
        literal = int(digits) * unit * (-1 if typed.literal < 0 else 1)
        return type_figure(
            Fraction(literal), meaning.indicator or "", page.style, meaning.scale or page.scale()
        )

    def _moved_mark(self, spot: Spot) -> Typed:
        """94,5 typed 945 or 9,45; a whole number with a zero too many."""
        typed, meaning, page = self.typed(spot), self.meaning(spot), self.pages[spot[0]]
        scale = 1 if _is_percent(meaning) else meaning.scale or page.scale()
        unit = typed.half_width * 2 or Decimal(1)
        decimals = max(0, -int((unit / scale).normalize().as_tuple().exponent))
        power = self.rng.choice((1, -1)) if decimals else 1
        literal = typed.literal.scaleb(power)
        moved = replace(typed, literal=literal, half_width=typed.half_width.scaleb(power))
        if not isinstance(typed.value, str):
            return replace(moved, value=float(Decimal(str(typed.value)).scaleb(power)))
        mark = {"commas": ",", "spaces": " "}.get(page.style.numbers, ".")
        shown = max(0, decimals - power)
        text = group(literal / scale, shown, mark, page.style.decimal_mark)
        return replace(moved, value=text + ("%" if typed.value.endswith("%") else ""))

    def _in_base_units(self, spot: Spot) -> Typed:
        """312,2 in a table of thousands typed as the 312.150 people of the register."""
        typed, meaning, page = self.typed(spot), self.meaning(spot), self.pages[spot[0]]
        scale = meaning.scale or page.scale()
        world = page.voice.world
        assert meaning.area and meaning.indicator and meaning.moment
        people = world.exact(
            meaning.area, meaning.indicator, meaning.group or "total", meaning.moment
        )
        count = int(people) if scale == 1000 else int(people) // (scale // 1000)
        literal = Decimal(count) * scale
        if not isinstance(typed.value, str):
            return replace(typed, value=count, literal=literal)
        mark = {"commas": ",", "spaces": " "}.get(page.style.numbers, ".")
        return replace(typed, value=group(Decimal(count), 0, mark, ""), literal=literal)

    def _near(self, spot: Spot, step: tuple[int, int]) -> Spot | None:
        """The next figure of the same indicator in a row or a column, over blank lines' numbers."""
        number, (row, column) = spot
        for away in range(1, 8):
            other = (number, (row + away * step[0], column + away * step[1]))
            if other[1] in self.pages[number].figures:
                alike = self.meaning(other).indicator == self.meaning(spot).indicator
                if alike and self.typed(other).literal:
                    return other
        return None

    def _beside(self, spot: Spot, both: bool) -> Changes:
        steps = [(0, 1), (1, 0), (0, -1), (-1, 0)]
        near = [other for step in steps if (other := self._near(spot, step))]
        if not near:
            return {}
        other = self.rng.choice(near)
        changes = {spot: self.typed(other)}
        return changes | {other: self.typed(spot)} if both else changes

    def _shifted(self, spot: Spot, by_row: bool) -> Changes:
        """Four or five figures of a line, each typed one place too early; the first is lost."""
        run: list[Spot] = [spot]
        while len(run) < 6 and (following := self._near(run[-1], (1, 0) if by_row else (0, 1))):
            run.append(following)
        if len(run) < 4:
            return {}
        return {here: self.typed(there) for here, there in pairwise(run)}


def _is_percent(meaning: Meaning) -> bool:
    return (meaning.indicator or "").endswith("_pct")
