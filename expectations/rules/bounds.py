"""How a part is set beside its whole, for the kinds that say that a part is not above it."""

from expectations.rules.linear import square_of
from expectations.rules.text import same, term

SHARED = ("submission_id", "area_code", "period", "scenario")


def bounded(pairs: str) -> str:
    """SQL of LINEAR_COLUMNS: each part against its own table's whole, else those elsewhere.

    `pairs` is a SELECT of figures with `whole_group` and `whole_indicator`.
    """
    return f"""
    WITH part AS (SELECT *, row_number() OVER () AS part_id FROM ({pairs})),
    paired AS (
        SELECT p.observation_id, p.submission_id, p.value AS found, p.half_width AS found_half,
            w.observation_id AS whole_id, w.value AS computed, w.half_width AS half
        FROM part p JOIN judged_figure w ON {same("w", "p", SHARED)}
            AND w.indicator = p.whole_indicator AND w.group_code = p.whole_group
        QUALIFY w.table_id = p.table_id
            OR NOT bool_or(w.table_id = p.table_id) OVER (PARTITION BY part_id)
    )
    SELECT submission_id, concat_ws('|', observation_id, whole_id) AS identity,
        found, found_half, computed, half, {square_of("half")} AS square, true AS known,
        [{term("paired", "found")},
         {{'observation_id': whole_id, 'part': 'whole', 'coefficient': 1}}] AS terms
    FROM paired"""
