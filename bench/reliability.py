"""Whether a told confidence can be believed: of what is said to be 95% sure, 95% must be right."""

from collections.abc import Sequence

# Upper ends of the table's classes of confidence.
CLASSES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)
Told = Sequence[tuple[float, bool]]


def print_reliability(told: Told) -> None:
    """Class by class, what was told and how often cell and figure were right."""
    print("told confidence against how often cell and figure were right:")
    low = 0.0
    for high in CLASSES:
        own = [(sure, right) for sure, right in told if low < sure <= high]
        if own:
            sure, right = (sum(pair[place] for pair in own) / len(own) for place in (0, 1))
            print(f"  {low:4.2f}..{high:4.2f}: {len(own):6} told {sure:5.3f} right {right:5.3f}")
        low = high


def print_fit(told: Told) -> None:
    """The points of a growing curve from raw scores to shares of right answers."""
    pools: list[list[float]] = []
    for raw, right in sorted(told):
        pools.append([raw, float(right), 1.0])
        while len(pools) > 1 and pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2]:
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last, strict=True)]
    print("raw,right")
    for raw, right, many in ((p[0] / p[2], p[1] / p[2], p[2]) for p in pools):
        print(f"{raw:.4f},{right:.4f}  # {many:.0f}")


def share(part: float, whole: float) -> str:
    """A percentage, seven wide."""
    return f"{100 * part / whole:6.1f}%"
