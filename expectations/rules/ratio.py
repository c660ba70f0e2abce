"""How a rate, a share or an index is judged: by cross-multiplication, with exact decimals.

A kind hands over rows of `RATIO_COLUMNS`: the printed percentage found ± found_half, and three
fractions of counts: the nominal one (over / under) and the lowest and the highest that the printed
figures allow. No division decides; `computed`, `low` and `high` are divided for display.
"""

from collections.abc import Callable

from expectations.rules.linear import relation_id
from expectations.rules.rule import Rule
from expectations.rules.text import MEANING, meaning_of, present, quoted, same, term

RATIO_COLUMNS = (
    "submission_id, identity, found, found_half, over, under, "
    "low_over, low_under, high_over, high_under, terms"
)
FRACTIONS = ("over", "under", "low_over", "low_under", "high_over", "high_under")
# Products of two figures with twelve decimals each are exact below 1e14: percentages up to 1e4 of
# counts up to 1e8. Larger ones (amounts of money, absurd percentages) are multiplied with fewer
# decimals where they have no more; what does not fit exactly is unknown, never rounded.
SMALL_PERCENT, SMALL_COUNT = "10000", "100000000"
PERCENT, COUNT = "DECIMAL(20, 10)", "DECIMAL(22, 4)"
MOST_PERCENT, MOST_COUNT = "100000000", "100000000000000"
COUNT_OF, BASE_OF = "n.meaning = r.count_meaning", "d.meaning = r.base_meaning"
TERMS = [term("figure", "found"), term("count", "count"), term("base", "base")]


def judged_ratio(rule: Rule, rows: str) -> str:
    """SQL that gives the relations of a rule of ratios: `rows` is a SELECT of RATIO_COLUMNS.

    With three figures nothing that holds by rounding is improbable (see `linear`).
    """
    return f"""
    WITH candidate AS ({rows}),
    decided AS (
        SELECT *, CASE WHEN {_missing()} THEN 'unknown'
            WHEN {_small()} THEN {_status(str)}
            WHEN {_fits()} THEN {_status(_narrow)}
            ELSE 'unknown' END AS status,
            {_divided("over", "under")} AS computed, {_divided("low_over", "low_under")} AS low,
            {_divided("high_over", "high_under")} AS high
        FROM candidate
    )
    SELECT {relation_id(rule)} AS relation_id, submission_id, {quoted(rule.rule_id)} AS rule,
        {quoted(rule.kind)} AS kind, status, computed, low, high, found, found - computed AS gap,
        false AS improbable, terms
    FROM decided"""


def _status(figure: Callable[[str], str]) -> str:
    """Whether printed interval and computed interval meet, figures put as `figure` says."""
    found, half = figure("found"), figure("found_half")
    low, high = figure("low_under"), figure("high_under")
    return f"""CASE
                WHEN abs({found} * {figure("under")} - 100 * {figure("over")})
                    <= {half} * {figure("under")} THEN 'holds'
                WHEN ({found} + {half}) * {low} >= 100 * {figure("low_over")}
                    AND ({found} - {half}) * {high} <= 100 * {figure("high_over")}
                    THEN 'rounding'
                ELSE 'fails' END"""


def _narrow(name: str) -> str:
    type_ = PERCENT if name.startswith("found") else COUNT
    return f"CAST({name} AS {type_})"


def _missing() -> str:
    absent = [f"{name} IS NULL" for name in ("found", "found_half", *FRACTIONS)]
    empty = [f"{name} <= 0" for name in FRACTIONS if name.endswith("under")]
    return " OR ".join([*absent, *empty])


def _small() -> str:
    counts = [f"abs({name}) <= {SMALL_COUNT}" for name in FRACTIONS]
    return " AND ".join([f"abs(found) + found_half <= {SMALL_PERCENT}", *counts])


def _fits() -> str:
    """Whether each figure is the same figure in its narrower type."""
    percents = [f"abs({name}) < {MOST_PERCENT}" for name in ("found", "found_half")]
    counts = [f"abs({name}) < {MOST_COUNT}" for name in FRACTIONS]
    same_figure = [f"TRY_{_narrow(name)} = {name}" for name in ("found", "found_half", *FRACTIONS)]
    return " AND ".join([*percents, *counts, *same_figure])


def _divided(over: str, under: str) -> str:
    """A percentage for the eye; whether it holds was decided without it."""
    divided = f"100 * {over}::DOUBLE / nullif({under}, 0)::DOUBLE"
    return f"TRY_CAST({divided} AS DECIMAL(38, 12))"


def matched(rated: str, wanted: str) -> str:
    """SQL of RATIO_COLUMNS: each printed percentage with its count and its base.

    `rated` is a SELECT of percentages; `wanted` adds to `rated` the indicator and the group of
    their base and a preference (lower first). When a table holds both count and base beside the
    percentage, those are meant, and other prints of that percentage need no test of their own.
    Otherwise all candidates of the submission are tried, for the prints that stand closest to
    their terms (the count before the base, which may be in a note): one relation each.
    A percentage without terms is unknown.
    """
    count, join_count = meaning_of("w.place", "w.numerator", "w.group_code", "c")
    base, join_base = meaning_of("w.place", "w.base_indicator", "w.base_group", "b")
    return f"""
    WITH rated AS MATERIALIZED ({rated}),
    wanted AS MATERIALIZED (
        SELECT w.*, {count} AS count_meaning, {base} AS base_meaning FROM ({wanted}) w
        {join_count} {join_base}
    ),
    beside AS MATERIALIZED (
        SELECT {_pair()} FROM wanted r
        JOIN judged_figure n ON {COUNT_OF} AND n.table_no = r.table_no
        JOIN judged_figure d ON {BASE_OF} AND d.table_no = r.table_no
    ),
    own AS MATERIALIZED (
        SELECT b.* FROM beside b WHERE preference = 0 OR NOT EXISTS (
            FROM beside c WHERE c.figure = b.figure AND c.preference < b.preference)
    ),
    lone AS MATERIALIZED (SELECT * FROM wanted r ANTI JOIN own o ON {same("o", "r", MEANING)}),
    paired AS MATERIALIZED (
        SELECT {_pair()},
            2 * coalesce((n.table_no = r.table_no)::INTEGER, 0)
                + coalesce((d.table_no = r.table_no)::INTEGER, 0) AS near
        FROM lone r
        LEFT JOIN judged_figure n ON {COUNT_OF}
        LEFT JOIN judged_figure d ON {BASE_OF}
    ),
    preferred AS (
        SELECT * FROM paired QUALIFY preference = coalesce(
            min(CASE WHEN base IS NOT NULL THEN preference END) OVER (PARTITION BY figure), 0)
    ),
    nearest AS (
        SELECT * FROM preferred
        QUALIFY max(near) OVER (PARTITION BY figure) >= coalesce(
            max(CASE WHEN count IS NOT NULL AND base IS NOT NULL THEN near END)
                OVER (PARTITION BY {", ".join(MEANING)}), 0)
    )
    SELECT submission_id, concat_ws('|', observation_id, count_id, base_id) AS identity,
        found, found_half, n AS over, d AS under,
        greatest(n - nh, 0) AS low_over, d + dh AS low_under,
        n + nh AS high_over, d - dh AS high_under, terms
    FROM (
        SELECT *, [{", ".join(TERMS)}] AS terms FROM own
        UNION ALL SELECT * EXCLUDE (near), {present(TERMS)} AS terms FROM nearest
    )"""


def _pair() -> str:
    return """r.figure, r.meaning, r.preference, r.observation_id,
            r.submission_id, r.value AS found, r.half_width AS found_half,
            n.figure AS count, n.observation_id AS count_id, n.value AS n, n.half_width AS nh,
            d.figure AS base, d.observation_id AS base_id, d.value AS d, d.half_width AS dh"""
