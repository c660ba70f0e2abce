"""How likely a figure was typed where another was meant: by the slips of hands and eyes."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

SLIPS_FILE = Path(__file__).with_name("slips.yml")
# Separators move by one to three places; a unit taken for another moves them by three or six.
SHIFTS = (1, 2, 3, 6)


@cache
def shares() -> dict[str, float]:
    """The share of each sort of slip, from slips.yml."""
    import yaml  # noqa: PLC0415

    read: dict[str, float] = yaml.safe_load(SLIPS_FILE.read_text(encoding="utf-8"))
    return read


@dataclass(frozen=True, slots=True)
class Keyed:
    """A figure as keyed: `value` in base units, meant to be printed in units of `step`.

    `finest` is a unit of its last digit as typed, where that is finer: 8,59 among 85,9 and
    84,7. `neighbours` are the figures beside it, which an eye may have slipped to.
    """

    value: Fraction
    step: Fraction
    finest: Fraction
    neighbours: Sequence[Fraction] = ()

    @property
    def digits(self) -> str:
        """The digits typed, as one number."""
        return digits_of(self.value, self.finest)

    def meant(self) -> Iterator[Fraction]:
        """Every figure that one slip turns into this one; some more than once."""
        sign = -1 if self.value < 0 else 1
        for digits in _one_slip_from(self.digits):
            yield sign * int(digits) * self.finest
        for places in SHIFTS:
            yield self.value * 10**places
            yield self.value / 10**places
        yield -self.value

    def likelihood(self, meant: Fraction) -> float:
        """How likely this was typed where `meant` was to be typed."""
        return sum(self.ways(meant).values())

    def ways(self, meant: Fraction) -> dict[str, float]:
        """The same, by the sort of slip."""
        ways = _by_hand(self.digits, digits_of(meant, self.finest), self.value * meant < 0)
        ways["separator"] = _by_separator(self.value, meant)
        ways["copied"] = shares()["copied"] / 4 if self.value in self.neighbours else 0.0
        return ways | {"draft": self._by_draft(meant)}

    def _by_draft(self, meant: Fraction) -> float:
        """Near the right figure: log-uniform in the distance, counted in printed units."""
        distance = max(1.0, float(abs(self.value - meant) / self.step))
        sizes = max(2.0, math.log(float(max(abs(self.value), abs(meant)) / self.step) + 1.0))
        return shares()["draft"] / (2 * distance * sizes)


def digits_of(value: Fraction, step: Fraction) -> str:
    """The digits of a figure printed in units of `step`."""
    return str(round(abs(value) / step))


def _one_slip_from(typed: str) -> Iterator[str]:
    for place, digit in enumerate(typed):
        yield from (
            typed[:place] + other + typed[place + 1 :] for other in "0123456789" if other != digit
        )
        yield typed[:place] + typed[place + 1 :] or "0"
    for place in range(len(typed) - 1):
        yield typed[:place] + typed[place + 1] + typed[place] + typed[place + 2 :]
    for place in range(len(typed) + 1):
        yield from (typed[:place] + digit + typed[place:] for digit in "0123456789")


def _by_hand(typed: str, meant: str, turned: bool) -> dict[str, float]:
    """Slips that keep most digits in their places."""
    share, size = shares(), len(meant)
    if turned:
        return {"sign": share["sign"]} if typed == meant else {}
    if len(typed) == size:
        return _changed(typed, meant)
    if len(typed) == size - 1:
        return {"dropped": share["dropped"] * _ways(meant, typed) / size}
    if len(typed) == size + 1:
        doubled = sum(meant[: i + 1] + meant[i:] == typed for i in range(size))
        inserted = share["inserted"] * _ways(typed, meant) / (10 * (size + 1))
        return {"doubled": share["doubled"] * doubled / size, "inserted": inserted}
    return {}


def _changed(typed: str, meant: str) -> dict[str, float]:
    share, size = shares(), len(meant)
    apart = [i for i in range(size) if typed[i] != meant[i]]
    if len(apart) == 1:
        return {"one_digit": share["one_digit"] / (9 * size)}
    if len(apart) != 2:
        return {}
    first, second = apart
    swapped = typed[first] == meant[second] and typed[second] == meant[first]
    transposed = share["transposed"] / (size - 1) if swapped and second == first + 1 else 0.0
    two_digits = share["two_digits"] / (81 * size * (size - 1) / 2)
    return {"transposed": transposed, "two_digits": two_digits}


def _ways(longer: str, shorter: str) -> int:
    """In how many ways one digit less makes the longer the shorter."""
    return sum(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


def _by_separator(typed: Fraction, meant: Fraction) -> float:
    if not typed or not meant:
        return 0.0
    ratio = abs(typed / meant)
    if any(ratio in (10**places, Fraction(1, 10**places)) for places in SHIFTS):
        return shares()["separator"] / (2 * len(SHIFTS))
    return 0.0
