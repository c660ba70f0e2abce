"""The figures and code lists that rules are evaluated over, as temporary tables.

`judged_figure` holds every visible figure of the batch. `place` numbers its submission, area,
period and scenario, `table_no` its table, `figure` itself; `meaning` packs its place, indicator and
group into one number, `series` its table, area, indicator and group: rules join on these. A figure
printed twice with the same meaning in one table is summed once (the first print); its further
prints are in `judged_repeat` and only compared.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from expectations.rules.earlier import ANY, EARLIER, EARLIER_REPORT
from expectations.rules.linear import square_of
from expectations.rules.steps import STEP
from expectations.rules.text import MEANING_BITS
from warehouse import reference

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Column = str | bool | dt.date | None
MEMBERSHIP = """
CREATE OR REPLACE TEMP TABLE code_membership (
    structure VARCHAR, indicator VARCHAR, kind VARCHAR, parent VARCHAR, member VARCHAR,
    required BOOLEAN, valid_from DATE, valid_to DATE)"""
INDICATOR = """
CREATE OR REPLACE TEMP TABLE code_indicator (
    indicator VARCHAR, kind VARCHAR, numerator VARCHAR, denominator VARCHAR)"""
AREA = """
CREATE OR REPLACE TEMP TABLE code_area (
    area_code VARCHAR, parent VARCHAR, valid_from DATE, valid_to DATE)"""
# The day whose areas a submission speaks of: its document's date, else the end of its year, else
# the day it came.
SUBMISSION = """
CREATE OR REPLACE TEMP TABLE judged_submission AS
SELECT s.submission_id, coalesce(
    TRY_CAST(nullif(s.document_date, '') AS DATE),
    make_date(s.reference_year, 12, 31),
    CAST(s.received_at AS DATE)) AS on_date
FROM submission s WHERE s.submission_id IN (SELECT unnest(?::VARCHAR[]))"""
TABLE = """
CREATE OR REPLACE TEMP TABLE judged_table AS
SELECT row_number() OVER (ORDER BY d.submission_id, d.table_id)::INTEGER AS table_no,
    d.submission_id, d.table_id, coalesce(t.kind = 'note', false) AS is_note
FROM (SELECT DISTINCT submission_id, table_id FROM observation
      JOIN judged_submission USING (submission_id)) d
LEFT JOIN source_table t ON t.submission_id = d.submission_id AND t.table_id = d.table_id"""
PLACE = """
CREATE OR REPLACE TEMP TABLE judged_place AS
WITH place AS MATERIALIZED (
    SELECT DISTINCT submission_id, area_code, period, scenario FROM observation
    JOIN judged_submission USING (submission_id)
),
area AS (
    SELECT row_number() OVER ()::INTEGER AS area_no, *
    FROM (SELECT DISTINCT submission_id, area_code FROM place)
)
SELECT row_number() OVER ()::INTEGER AS place, area_no, place.*
FROM place JOIN area USING (submission_id, area_code)"""
MEANING = """
CREATE OR REPLACE TEMP TABLE judged_meaning AS
SELECT row_number() OVER (ORDER BY indicator, group_code)::BIGINT AS meaning_no, * FROM (
    SELECT DISTINCT indicator, group_code FROM observation
    JOIN judged_submission USING (submission_id))"""
# Sixteen million areas of submissions in a batch, 33 million tables.
AREA_BITS = 24
# Areas with siblings in the submission: their parent as of its date, else its latest (a unit that
# was abolished since), and the place of the parent in the same period and scenario.
UPPER = """
CREATE OR REPLACE TEMP TABLE judged_upper AS
WITH parent AS (
    SELECT * FROM (
        SELECT f.submission_id, f.area_code, arg_max(a.parent, (
            coalesce(a.valid_from <= s.on_date, true) AND coalesce(a.valid_to > s.on_date, true),
            coalesce(a.valid_from, DATE '0001-01-01'))) AS parent
        FROM (SELECT DISTINCT submission_id, area_code FROM judged_place) f
        JOIN judged_submission s ON s.submission_id = f.submission_id
        JOIN code_area a ON a.area_code = f.area_code
        GROUP BY f.submission_id, f.area_code
    ) WHERE parent <> '' QUALIFY count(*) OVER (PARTITION BY submission_id, parent) > 1
)
SELECT p.place, a.parent, w.place AS upper_place
FROM judged_place p
JOIN parent a ON a.submission_id = p.submission_id AND a.area_code = p.area_code
LEFT JOIN judged_place w ON w.submission_id = p.submission_id AND w.area_code = a.parent
    AND w.period = p.period AND w.scenario = p.scenario"""
# No report prints 1e20 of anything; below it no sum can overflow DECIMAL(38, 12).
# Half-widths are few, so their squares are made once each.
FIGURE = f"""
CREATE OR REPLACE TEMP TABLE judged_figure AS
WITH half AS (
    SELECT half_width, {square_of("half_width")} AS square
    FROM (SELECT DISTINCT half_width FROM observation)
)
SELECT
    row_number() OVER ()::INTEGER AS figure, p.place, t.table_no, o.observation_id,
    o.submission_id, o.sheet, o.area_code, o.indicator, o.group_code, o.period, o.scenario,
    o.value, o.half_width, h.square, o.row_number, o.column_number, o.position,
    (p.place::BIGINT << {MEANING_BITS}) + m.meaning_no AS meaning,
    (((t.table_no::BIGINT << {AREA_BITS}) + p.area_no) << {MEANING_BITS}) + m.meaning_no AS series
FROM observation o
JOIN judged_place p ON p.submission_id = o.submission_id AND p.area_code = o.area_code
    AND p.period = o.period AND p.scenario = o.scenario
JOIN judged_table t ON t.submission_id = o.submission_id AND t.table_id = o.table_id
JOIN half h ON h.half_width = o.half_width
JOIN judged_meaning m ON m.indicator = o.indicator AND m.group_code = o.group_code
WHERE NOT o.hidden AND abs(o.value) < 100000000000000000000"""
REPEATED = """
CREATE OR REPLACE TEMP TABLE judged_repeat AS
SELECT f.* FROM judged_figure f JOIN (
    SELECT table_no, meaning FROM judged_figure GROUP BY ALL HAVING count(*) > 1
) USING (table_no, meaning)
QUALIFY row_number() OVER (
    PARTITION BY f.table_no, f.meaning
    ORDER BY f.row_number, f.column_number, f.position, f.observation_id) > 1"""
FIRST_PRINTS = "DELETE FROM judged_figure WHERE figure IN (SELECT figure FROM judged_repeat)"
PRINT = """
CREATE OR REPLACE TEMP VIEW judged_print AS
SELECT * FROM judged_figure UNION ALL SELECT * FROM judged_repeat"""
UNREAD = """
CREATE OR REPLACE TEMP TABLE judged_unread AS
SELECT c.submission_id, c.sheet, c.row_number, c.column_number
FROM cell c JOIN judged_submission USING (submission_id) WHERE c.role = 'unread'"""
STATEMENTS = (
    *(TABLE, PLACE, UPPER, MEANING, FIGURE, REPEATED, FIRST_PRINTS, PRINT, UNREAD),
    *(STEP, EARLIER_REPORT, EARLIER, ANY),
)
GIVEN_BACK = (
    *("relation", "earlier", "earlier_report", "step", "unread", "repeat", "figure"),
    *("meaning", "upper", "place", "table", "submission"),
)


def load_figures(connection: "DuckDBPyConnection", submission_ids: Sequence[str]) -> None:
    """Put the visible figures of these submissions, and the code lists, where rules find them."""
    _load_codes(connection)
    connection.execute(SUBMISSION, [list(submission_ids)])
    for statement in STATEMENTS:
        connection.execute(statement)


def release(connection: "DuckDBPyConnection") -> None:
    """Give back the memory of the batch's figures and computed relations."""
    for view in ("any", "print"):
        connection.execute(f"DROP VIEW IF EXISTS judged_{view}")
    for table in GIVEN_BACK:
        connection.execute(f"DROP TABLE IF EXISTS judged_{table}")


def _load_codes(connection: "DuckDBPyConnection") -> None:
    indicators = [(i.code, i.kind, i.numerator, i.denominator) for i in reference.indicators()]
    areas = [(a.code, a.parent_code, a.valid_from, a.valid_to) for a in reference.areas()]
    _fill(connection, INDICATOR, "code_indicator", indicators)
    _fill(connection, AREA, "code_area", areas)
    _fill(connection, MEMBERSHIP, "code_membership", list(_memberships()))


def _memberships() -> Iterable[tuple[Column, ...]]:
    """Which groups part which wholes, for each indicator that the partition applies to."""
    for group in reference.groups():
        for indicator in reference.indicators():
            if group.partition and _applies(group.indicators, indicator.code):
                structure = f"{indicator.code}|{group.parent}|{group.partition}"
                required = group.member == "required"
                place = (structure, indicator.code, indicator.kind, group.parent, group.code)
                yield (*place, required, group.valid_from, group.valid_to)


def _applies(patterns: str, indicator: str) -> bool:
    return any(fnmatchcase(indicator, pattern) for pattern in patterns.split("|"))


def _fill(
    connection: "DuckDBPyConnection", create: str, table: str, rows: Sequence[tuple[Column, ...]]
) -> None:
    connection.execute(create)
    columns = [list(column) for column in zip(*rows, strict=True)]
    unnested = ", ".join(f"unnest(${position + 1})" for position in range(len(columns)))
    connection.execute(f"INSERT INTO {table} SELECT {unnested}", columns)
