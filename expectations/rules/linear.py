"""How a sum, a difference or a bound is judged: intervals of printed figures, exact decimals.

A kind hands over rows of `LINEAR_COLUMNS`; the tested figure lies in found ± found_half, what it
is tested against in computed ± half. Everything stays DECIMAL(38, 12): figures below 1e20 in base
units, with twelve decimals, added without a single rounding.
"""

from typing import Literal

from expectations.rules.rule import Rule
from expectations.rules.text import quoted

# known: whether the relation may be judged at all; else it is stored as unknown. square: the sum of
# the squared half-widths of four and more figures; NULL for fewer.
LINEAR_COLUMNS = "submission_id, identity, found, found_half, computed, half, square, known, terms"
NO_SQUARE = "NULL::DECIMAL(38, 12)"
# Six decimals are enough to tell an improbable sum, and no square overflows below 1e13.
ROUNDED = "DECIMAL(19, 6)"
Bound = Literal["equal", "at_most"]


def judged_linear(rule: Rule, rows: str, bound: Bound) -> str:
    """SQL that gives the relations of a linear rule: `rows` is a SELECT of LINEAR_COLUMNS.

    A relation that holds by rounding is improbable beyond three standard deviations of the
    summed errors: gap² > 9 · Σ half² / 3. Up to three figures that is outside the interval.
    """
    exact = "found = computed" if bound == "equal" else "found <= computed"
    gap = "abs(found - computed)" if bound == "equal" else "found - computed"
    low = "computed - half" if bound == "equal" else "NULL::DECIMAL(38, 12)"
    return f"""
    WITH candidate AS ({rows}),
    decided AS (
        SELECT *, CASE
            WHEN NOT known OR found IS NULL OR computed IS NULL THEN 'unknown'
            WHEN {exact} THEN 'holds'
            WHEN {gap} <= found_half + half THEN 'rounding'
            ELSE 'fails' END AS status
        FROM candidate
    )
    SELECT
        {relation_id(rule)} AS relation_id, submission_id, {quoted(rule.rule_id)} AS rule,
        {quoted(rule.kind)} AS kind, status, computed, {low} AS low, computed + half AS high,
        found, found - computed AS gap,
        CASE WHEN status = 'rounding' AND square IS NOT NULL
            THEN coalesce({square_of("found - computed")} > 3 * square, false)
            ELSE false END AS improbable,
        terms
    FROM decided"""


def square_of(expression: str) -> str:
    """SQL for the square of a half-width or a gap, NULL from 1e13 on."""
    rounded = f"TRY_CAST({expression} AS {ROUNDED})"
    return f"{rounded} * {rounded}"


def relation_id(rule: Rule, identity: str = "identity") -> str:
    """SQL for the id of a relation: the same cells under the same rule keep it for ever."""
    return f"md5(concat_ws('|', submission_id, {quoted(rule.rule_id)}, {identity}))"
