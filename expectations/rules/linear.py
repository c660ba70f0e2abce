"""How a sum, a difference or a bound is judged: intervals of printed figures, exact decimals.

A kind hands over rows of `LINEAR_COLUMNS`; the tested figure lies in found ± found_half, what it
is tested against in computed ± half. Everything stays DECIMAL(38, 12): sums of figures below 1e20
in base units, with twelve decimals, without a single rounding.
"""

from typing import Literal

from expectations.rules.rule import Rule
from expectations.rules.text import quoted

# known: whether the relation may be judged at all; else it is stored as unknown.
LINEAR_COLUMNS = "submission_id, identity, found, found_half, computed, half, square, known, terms"
# Squares are only needed for rounding errors: eight decimals, so that a square never overflows
# (nineteen digits: with eighteen DuckDB would multiply in 64 bits). What is 1e11 and more has no
# square (NULL), and then nothing is called improbable.
SQUARE = "TRY_CAST({0} AS DECIMAL(19, 8)) * TRY_CAST({0} AS DECIMAL(19, 8))"
Bound = Literal["equal", "at_most"]


def square_of(expression: str) -> str:
    """SQL for the square of a half-width, NULL where it has none."""
    return SQUARE.format(f"({expression})")


def judged_linear(rule: Rule, rows: str, bound: Bound) -> str:
    """SQL that gives the relations of a linear rule: `rows` is a SELECT of LINEAR_COLUMNS."""
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
        status = 'rounding' AND coalesce(
            {square_of("found - computed")} > 3 * (square + {square_of("found_half")}), false
        ) AS improbable,
        terms
    FROM decided"""


def relation_id(rule: Rule) -> str:
    """SQL for the id of a relation: the same cells under the same rule keep it for ever."""
    return f"md5(concat_ws('|', submission_id, {quoted(rule.rule_id)}, identity))"
