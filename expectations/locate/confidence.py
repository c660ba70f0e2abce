"""From what speaks for an answer to how often such answers are right.

The points of confidence.csv are the isotonic fit that `python -m bench locate --fit` prints for
some 1,400 slipped tables (seeds 1000 to 1015), rounded; nothing is ever told with more than the
share of its surest answers. bench/README.md has the reliability on seeds that were not fitted.
"""

import csv
from bisect import bisect_left
from functools import cache
from pathlib import Path

CALIBRATION = Path(__file__).with_name("confidence.csv")


@cache
def calibration() -> tuple[tuple[float, float], ...]:
    """Pairs of raw score and measured share of right answers, both growing; from confidence.csv."""
    with CALIBRATION.open(encoding="utf-8", newline="") as lines:
        rows = [(float(row["raw"]), float(row["right"])) for row in csv.DictReader(lines)]
    return tuple(rows)


def calibrated(raw: float) -> float:
    """The confidence to tell: read off the measured table, straight lines between its points."""
    table = calibration()
    place = bisect_left([row[0] for row in table], raw)
    if place == 0:
        return table[0][1]
    if place == len(table):
        return table[-1][1]
    (low, from_), (high, to) = table[place - 1], table[place]
    return from_ + (to - from_) * (raw - low) / (high - low)
