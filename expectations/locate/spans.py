"""An interval of figures, exact at its ends."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Interval:
    """From low to high, both included; None is without limit."""

    low: Fraction | None = None
    high: Fraction | None = None

    def __and__(self, other: "Interval") -> "Interval":
        lows = [low for low in (self.low, other.low) if low is not None]
        highs = [high for high in (self.high, other.high) if high is not None]
        return Interval(max(lows, default=None), min(highs, default=None))

    def __contains__(self, value: Fraction) -> bool:
        above = self.low is None or value >= self.low
        return above and (self.high is None or value <= self.high)

    @property
    def is_empty(self) -> bool:
        """Whether nothing lies in it."""
        return self.low is not None and self.high is not None and self.low > self.high


EMPTY = Interval(Fraction(1), Fraction(0))
