"""No figure grows quite unlike its peers: the same step of the other areas in its table.

Holds: ten districts that grow by 1 to 4%, and one by 6%.

Fails (Hà Giang 2014): districts grow by about 2%, one falls from 58.219 to 55.042, by 5,5%. The
step's log ratio is compared with the median of its peers' (from `peers` of them on): it is an
outlier beyond `alone_deviations` robust deviations (median absolute deviation, the noise of small
counts and of rounding) and beyond `least_pct`, unless that area always grows so; `deviations` are
enough where the next or the last step makes up for it. Without peers a series of `steps` steps is
compared with itself: beyond `alone_pct`. Zeros (a district that was not there yet) are no growth. A
score, not a proof: a warning.
"""

from expectations.rules.linear import relation_id
from expectations.rules.rule import Rule
from expectations.rules.text import among, quoted, same, term, within

PEERS = ("table_no", "meaning_no", "year", "last_year", "level")
SERIES = ("series",)
# A spread below half a percent a year is chance; a series on its own is known less well.
LEAST_SPREAD, LEAST_SPREAD_ALONE = 0.005, 0.03
# The median absolute deviation of normal errors, times this, is their standard deviation.
NORMAL = 1.4826
# Of few steps that is often too little; then the width of their middle three fifths tells more.
MIDDLE = "(quantile_cont(ratio, 0.8) - quantile_cont(ratio, 0.2)) / 1.6832"
NEEDS = ("judged_step",)


def compile_rule(rule: Rule) -> str:
    """SQL for the relations between each step and those of its peers, or of its own series."""
    limits = rule.applies
    apart, least = f"{limits['deviations']} * sqrt(spread ** 2 + noise)", _log(limits["least_pct"])
    alone = f"{limits['alone_deviations']} * sqrt(spread ** 2 + noise)"
    return f"""
    WITH {_steps_beside_peers(rule)}
    {_outliers(least, apart, alone, limits["steps"])},
    lone AS (
        SELECT {", ".join(SERIES)}, median(ratio) AS usual,
            greatest({NORMAL} * mad(ratio), {LEAST_SPREAD_ALONE}) AS spread
        FROM stepped s ANTI JOIN peers p ON {same("p", "s", PEERS)}
        GROUP BY {", ".join(SERIES)} HAVING count(*) >= {limits["steps"]}
    ),
    decided AS (
        SELECT b.*, greatest({least}, CASE WHEN o.spiked THEN {apart} ELSE {alone} END) AS allowed,
            o.figure IS NOT NULL AS outlier
        FROM beside b LEFT JOIN outlier o ON o.figure = b.figure
        UNION ALL
        SELECT s.*, l.usual, l.spread, greatest({_log(limits["alone_pct"])}, {alone}) AS allowed,
            abs(ratio - usual) > allowed AS outlier
        FROM stepped s ANTI JOIN peers p ON {same("p", "s", PEERS)}
        JOIN lone l ON {same("l", "s", SERIES)}
    )
    SELECT {relation_id(rule, "f.observation_id")} AS relation_id, f.submission_id,
        {quoted(rule.rule_id)} AS rule, {quoted(rule.kind)} AS kind,
        CASE WHEN outlier THEN 'fails' ELSE 'holds' END AS status,
        {_grown("0")} AS computed, {_grown("-allowed")} AS low, {_grown("allowed")} AS high,
        d.value AS found, d.value - computed AS gap, false AS improbable,
        [{term("d.figure", "found")}, {term("d.last.figure", "previous")}] AS terms
    FROM decided d JOIN judged_figure f ON f.figure = d.figure"""


def _steps_beside_peers(rule: Rule) -> str:
    """Each step from one period to the next, beside the median and spread of its peers."""
    limits = rule.applies
    return f"""
    stepped AS MATERIALIZED (
        SELECT figure, table_no, meaning_no, series, year, value, half_width, half_about, last,
            last.year AS last_year, level, ln(about / last.about) AS ratio, {_noise()} AS noise
        FROM judged_step WHERE about > 0 AND last.about > 0
            AND {among("kind", limits["indicator_kinds"])} AND {within(rule, "year::VARCHAR")}
    ),
    peers AS (
        SELECT {", ".join(PEERS)}, median(ratio) AS usual,
            greatest({NORMAL} * mad(ratio), {MIDDLE}, {LEAST_SPREAD}) AS spread
        FROM stepped GROUP BY {", ".join(PEERS)} HAVING count(*) >= {limits["peers"]}
    ),
    beside AS MATERIALIZED (
        SELECT s.*, p.usual, p.spread FROM stepped s JOIN peers p ON {same("p", "s", PEERS)}
    ),"""


def _outliers(least: str, apart: str, alone: str, steps: int) -> str:
    """The steps far from their peers'; what is asked of an area's series is asked of few."""
    series = ", ".join(SERIES)
    return f"""
    candidate AS MATERIALIZED (
        SELECT * FROM beside WHERE abs(ratio - usual) > greatest({least}, {apart})
    ),
    habit AS (
        SELECT {series}, median(ratio - usual) AS habit, count(*) AS steps
        FROM beside b SEMI JOIN candidate c ON {same("c", "b", SERIES)}
        GROUP BY {series}
    ),
    -- A figure that is off shows twice: a fall and then a rise. One step alone may be real growth.
    spike AS (
        SELECT DISTINCT b.figure FROM candidate b JOIN beside n ON {same("n", "b", SERIES)}
            AND (n.year = b.last_year OR n.last_year = b.year)
        WHERE sign(n.ratio - n.usual) = -sign(b.ratio - b.usual)
            AND 2 * abs(n.ratio - n.usual) > abs(b.ratio - b.usual)
    ),
    outlier AS (
        SELECT b.figure, s.figure IS NOT NULL AS spiked
        FROM candidate b JOIN habit h ON {same("h", "b", SERIES)}
        LEFT JOIN spike s ON s.figure = b.figure
        WHERE (s.figure IS NOT NULL OR abs(ratio - usual) > {alone})
            AND (steps < {steps} OR abs(ratio - usual - habit) > {least})
    )"""


def _log(percent: str) -> str:
    return f"ln(1 + {percent} / 100.0)"


def _noise() -> str:
    """The variance of a log ratio that small counts and rounding explain."""
    rounding = "(half_about / about) ** 2 + (last.half_about / last.about) ** 2"
    counting = "CASE WHEN kind = 'count' THEN 1 / about + 1 / last.about ELSE 0 END"
    return f"{rounding} + {counting}"


def _grown(off: str) -> str:
    """Last year's figure, grown as usual; a guess for the eye, to the unit or the printed digit."""
    guess = f"d.last.about * exp(usual + {off})"
    digit = "CASE WHEN d.half_width > 0 THEN 2 * d.half_width ELSE 1 END"
    digits = "CASE WHEN d.half_about > 0 THEN 2 * d.half_about ELSE 1 END"
    return f"(TRY_CAST({guess} / {digits} AS DECIMAL(26, 0)) * {digit})::DECIMAL(38, 12)"
