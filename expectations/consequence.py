"""How much hangs on a finding: how far outside the allowed figures × the people affected."""

from collections.abc import Sequence
from decimal import Decimal

from expectations.sentences import Member, Outcome
from warehouse import reference

# Kinds that count areas, groups or years, whatever the unit of the figures they show.
COUNTING = frozenset({"areas_present", "groups_present", "series_gap"})


def score_of(kind: str, outcome: Outcome, members: Sequence[Member], people: Decimal) -> float:
    """The people that a finding is about, as far as it is off; for order, not for decisions.

    People off count themselves, points of a percentage are of the area's `people`, of all else
    (money, visits, missing districts) the part that it is off is.
    """
    outside = _outside(outcome)
    unit = "" if kind in COUNTING else _unit(members[0].indicator)
    if unit == "people":
        affected = outside
    elif unit == "percent":
        affected = outside / 100 * people
    else:
        size = max(abs(outcome.found), abs(outcome.computed))
        affected = outside / size * people if size else Decimal(0)
    return round(float(affected), 3)


def _outside(outcome: Outcome) -> Decimal:
    """The distance to the nearest figure that would do; where rounding explains it, the gap."""
    if outcome.status == "fails" and outcome.high is not None and outcome.found > outcome.high:
        return outcome.found - outcome.high
    if outcome.status == "fails" and outcome.low is not None and outcome.found < outcome.low:
        return outcome.low - outcome.found
    return abs(outcome.found - outcome.computed)


def _unit(indicator: str) -> str:
    return {one.code: one.unit for one in reference.indicators()}[indicator]
