"""Two revisions of one report side by side: figures that changed, findings that came and went."""

from collections.abc import Sequence
from dataclasses import dataclass

from expectations.desk.publication import Reader, Row

MOST_FIGURES = 500
FIGURES = """
WITH now AS (SELECT * FROM main.observation WHERE submission_id = $now),
before AS (SELECT * FROM main.observation WHERE submission_id = $before),
paired AS (
    SELECT
        coalesce(n.area_name, b.area_name) AS area_name,
        coalesce(n.indicator, b.indicator) AS indicator,
        coalesce(n.group_code, b.group_code) AS group_code,
        coalesce(n.period, b.period) AS period, coalesce(n.scenario, b.scenario) AS scenario,
        coalesce(n.sheet, b.sheet) AS sheet, n.cell AS cell, b.cell AS cell_before,
        n.typed_text AS typed_text, b.typed_text AS typed_before, n.row_number AS row_number,
        n.value_literal AS value, b.value_literal AS value_before,
        n.value_literal - b.value_literal AS change
    FROM (SELECT *, row_number() OVER same AS nth FROM now WINDOW same AS (
        PARTITION BY sheet, area_level, area_code, indicator, group_code, period, scenario
        ORDER BY row_number, column_number, position)) n
    FULL JOIN (SELECT *, row_number() OVER same AS nth FROM before WINDOW same AS (
        PARTITION BY sheet, area_level, area_code, indicator, group_code, period, scenario
        ORDER BY row_number, column_number, position)) b
    USING (sheet, area_level, area_code, indicator, group_code, period, scenario, nth)
)
SELECT *, count(*) OVER () AS in_all FROM paired
WHERE value IS DISTINCT FROM value_before
ORDER BY sheet, row_number, cell, period LIMIT $most"""
SETTLED = """
SELECT finding_id, severity, sheet, culprit_cell, message_vi, message_en FROM main.finding
WHERE submission_id = $one AND severity <> 'info'
    AND message_vi NOT IN (SELECT message_vi FROM main.finding WHERE submission_id = $other)
ORDER BY list_position(['critical', 'warning'], severity), finding_id LIMIT 200"""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from the earlier revision to the later."""

    figures: Sequence[Row]
    figures_in_all: int
    gone: Sequence[Row]
    new: Sequence[Row]


def compare(reader: Reader, now: Row, before: Row) -> Comparison:
    """Compare a revision with an earlier one, figure by figure, finding by finding."""
    ids = {"now": now["submission_id"], "before": before["submission_id"]}
    figures = reader.rows(FIGURES, {**ids, "most": MOST_FIGURES})
    return Comparison(
        figures,
        figures[0]["in_all"] if figures else 0,
        reader.rows(SETTLED, {"one": ids["before"], "other": ids["now"]}),
        reader.rows(SETTLED, {"one": ids["now"], "other": ids["before"]}),
    )
