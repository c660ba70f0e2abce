"""How a part is set beside its whole, for the kinds that say that a part is not above it."""

from expectations.rules.linear import NO_SQUARE
from expectations.rules.text import same, term

WHOLE = "w.place = p.place AND w.indicator = p.whole_indicator AND w.group_code = p.whole_group"


def bounded(pairs: str) -> str:
    """SQL of LINEAR_COLUMNS: each part against its own table's whole, else those elsewhere.

    `pairs` is a SELECT of figures with `whole_group` and `whole_indicator`.
    """
    return f"""
    WITH part AS MATERIALIZED ({pairs}),
    own AS MATERIALIZED (
        SELECT {_columns()} FROM part p JOIN judged_figure w
            ON {WHOLE} AND w.table_no = p.table_no
    ),
    alone AS (
        SELECT p.* FROM part p ANTI JOIN own o
            ON {same("o", "p", ("figure", "whole_indicator", "whole_group"))}
    ),
    paired AS (
        SELECT * FROM own
        UNION ALL SELECT {_columns()} FROM alone p JOIN judged_figure w ON {WHOLE}
    )
    SELECT submission_id, concat_ws('|', observation_id, whole_id) AS identity,
        found, found_half, computed, half, {NO_SQUARE} AS square, true AS known,
        [{term("figure", "found")}, {term("whole", "whole")}] AS terms
    FROM paired"""


def _columns() -> str:
    return """p.figure, p.observation_id, p.submission_id, p.value AS found,
            p.half_width AS found_half, p.whole_indicator, p.whole_group, w.figure AS whole,
            w.observation_id AS whole_id, w.value AS computed, w.half_width AS half"""
