"""How a rate, a share or an index is judged: by cross-multiplication, with exact decimals.

A kind hands over rows of `RATIO_COLUMNS`: the printed percentage found ± found_half, and three
fractions of counts: the nominal one (over / under) and the lowest and the highest that the printed
figures allow. No division decides; `computed`, `low` and `high` are divided for display.
"""

from expectations.rules.linear import relation_id, square_of
from expectations.rules.rule import Rule
from expectations.rules.text import KEY, quoted, same

RATIO_COLUMNS = (
    "submission_id, identity, found, found_half, over, under, "
    "low_over, low_under, high_over, high_under, terms"
)
FRACTIONS = ("over", "under", "low_over", "low_under", "high_over", "high_under")
# Percentages with ten decimals times counts with four: 38 digits hold products below 1e24. What
# does not fit exactly is unknown, never rounded: no report prints a percentage above 1e8 or a
# count above 1e14.
PERCENT, COUNT = "DECIMAL(20, 10)", "DECIMAL(22, 4)"
MOST_PERCENT, MOST_COUNT = "100000000", "100000000000000"


def judged_ratio(rule: Rule, rows: str) -> str:
    """SQL that gives the relations of a rule of ratios: `rows` is a SELECT of RATIO_COLUMNS."""
    casts = [_exact(name, COUNT, MOST_COUNT) for name in FRACTIONS]
    casts += [_exact(name, PERCENT, MOST_PERCENT) for name in ("found", "found_half")]
    return f"""
    WITH candidate AS ({rows}),
    exact AS (
        SELECT *, {", ".join(casts)} FROM candidate
    ),
    decided AS (
        SELECT *, CASE
            WHEN {_missing()} THEN 'unknown'
            WHEN abs(x_found * x_under - 100 * x_over) <= x_found_half * x_under THEN 'holds'
            WHEN (x_found + x_found_half) * x_low_under >= 100 * x_low_over
                AND (x_found - x_found_half) * x_high_under <= 100 * x_high_over THEN 'rounding'
            ELSE 'fails' END AS status,
            {_divided("over", "under")} AS computed, {_divided("low_over", "low_under")} AS low,
            {_divided("high_over", "high_under")} AS high
        FROM exact
    )
    SELECT {relation_id(rule)} AS relation_id, submission_id, {quoted(rule.rule_id)} AS rule,
        {quoted(rule.kind)} AS kind, status, computed, low, high, found, found - computed AS gap,
        {_improbable()} AS improbable, terms
    FROM decided"""


def _exact(name: str, type_: str, most: str) -> str:
    """A figure in a narrower type, NULL where it would not be the same figure."""
    cast = f"TRY_CAST({name} AS {type_})"
    return f"CASE WHEN abs({name}) < {most} AND {cast} = {name} THEN {cast} END AS x_{name}"


def _missing() -> str:
    absent = [f"x_{name} IS NULL" for name in ("found", "found_half", *FRACTIONS)]
    empty = [f"{name} <= 0" for name in FRACTIONS if name.endswith("under")]
    return " OR ".join([*absent, *empty])


def _divided(over: str, under: str) -> str:
    """A percentage for the eye; whether it holds was decided without it."""
    return f"TRY_CAST(100 * {over} / nullif({under}, 0) AS DECIMAL(38, 12))"


def _improbable() -> str:
    """Beyond three standard deviations of the printed figure's and the terms' rounding errors."""
    widths = f"(4 * {square_of('found_half')} + {square_of('high - low')})"
    return f"""(status = 'rounding' AND coalesce(
            4 * {square_of("found - computed")} > 3 * {widths}, false))"""


def matched(rated: str, numerator: str, denominator: str) -> str:
    """SQL of RATIO_COLUMNS: each printed percentage with its count and its base.

    `rated` is a SELECT of percentages; `numerator` and `denominator` say in SQL which figures n
    and d are the count and the base of a percentage r of the same area, period and scenario (a
    lower d.preference wins). When a table holds both beside the percentage, those are meant.
    Otherwise all candidates of the submission are tried, for the prints that stand closest to
    their terms: one relation each. A percentage without terms is unknown.
    """
    place = ("submission_id", "area_code", "period", "scenario")
    return f"""
    WITH rated AS ({rated}),
    counted AS (
        SELECT r.observation_id AS rate_id, n.observation_id, n.table_id, n.value, n.half_width
        FROM rated r JOIN judged_figure n ON {same("n", "r", place)} AND {numerator}
    ),
    based AS ({denominator.format(place=same("d", "r", place))}),
    paired AS (
        SELECT r.*, n.observation_id AS count_id, n.value AS n, n.half_width AS nh,
            d.observation_id AS base_id, d.value AS d, d.half_width AS dh,
            coalesce((n.table_id = r.table_id)::INTEGER, 0)
                + coalesce((d.table_id = r.table_id)::INTEGER, 0) AS own,
            (n.observation_id IS NOT NULL AND d.observation_id IS NOT NULL) AS whole
        FROM rated r
        LEFT JOIN counted n ON n.rate_id = r.observation_id
        LEFT JOIN based d ON d.rate_id = r.observation_id
    ),
    nearest AS (
        SELECT *, max(own) OVER (PARTITION BY observation_id) AS nearest,
            max(CASE WHEN whole THEN own ELSE -1 END)
                OVER (PARTITION BY {", ".join(KEY)}) AS nearest_print
        FROM paired
    )
    SELECT submission_id, concat_ws('|', observation_id, count_id, base_id) AS identity,
        value AS found, half_width AS found_half, n AS over, d AS under,
        greatest(n - nh, 0) AS low_over, d + dh AS low_under,
        n + nh AS high_over, d - dh AS high_under,
        {_ratio_terms()} AS terms
    FROM nearest
    WHERE CASE WHEN nearest = 2 THEN own = 2 ELSE nearest >= nearest_print END"""


def _ratio_terms() -> str:
    terms = [("observation_id", "found"), ("count_id", "count"), ("base_id", "base")]
    made = [
        f"{{'observation_id': {column}, 'part': {quoted(part)}, 'coefficient': 1}}"
        for column, part in terms
    ]
    return f"list_filter([{', '.join(made)}], lambda t: t.observation_id IS NOT NULL)"
