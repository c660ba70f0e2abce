"""The figures and code lists that rules are evaluated over, as temporary tables.

`judged_figure` holds every visible figure of the batch, as numbers: `place` is its submission,
area, period and scenario (`judged_place`), `meaning_no` its indicator and group
(`judged_meaning`), `table_no` its table (`judged_table`), `figure` itself. `meaning` packs place
and meaning_no into one number, `series` table, area and meaning_no, `spot` row, column and
position; `about` and `half_about` are value and half-width as doubles, for scores and for display:
a cast of a decimal costs twenty times a comparison of two. A figure printed twice with the same
meaning in one table is summed once (the first print); its further prints are in `judged_repeat`
and only compared.
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
# The batch's own rows, gathered once: the warehouse holds every night's.
OBSERVATION = """
CREATE OR REPLACE TEMP TABLE judged_observation AS
SELECT observation_id, submission_id, table_id, sheet, row_number, column_number, position,
    area_code, indicator, group_code, period, scenario, value, half_width, hidden
FROM observation SEMI JOIN judged_submission USING (submission_id)"""
TABLE = """
CREATE OR REPLACE TEMP TABLE judged_table AS
SELECT row_number() OVER (ORDER BY d.submission_id, d.table_id)::INTEGER AS table_no,
    d.submission_id, d.table_id, d.sheet, coalesce(t.kind = 'note', false) AS is_note
FROM (SELECT submission_id, table_id, any_value(sheet) AS sheet FROM judged_observation
      GROUP BY submission_id, table_id) d
LEFT JOIN source_table t ON t.submission_id = d.submission_id AND t.table_id = d.table_id"""
# An area's parent is the one of the submission's date, else its latest (a unit that was abolished
# since); it only matters where a sibling is told of, too.
AREA_PARENTS = """
CREATE OR REPLACE TEMP TABLE judged_area AS
WITH area AS MATERIALIZED (
    SELECT DISTINCT submission_id, area_code FROM judged_observation
),
parent AS (
    SELECT * FROM (
        SELECT f.submission_id, f.area_code, arg_max(a.parent, (
            coalesce(a.valid_from <= s.on_date, true) AND coalesce(a.valid_to > s.on_date, true),
            coalesce(a.valid_from, DATE '0001-01-01'))) AS parent
        FROM area f
        JOIN judged_submission s ON s.submission_id = f.submission_id
        JOIN code_area a ON a.area_code = f.area_code
        GROUP BY f.submission_id, f.area_code
    ) WHERE parent <> '' QUALIFY count(*) OVER (PARTITION BY submission_id, parent) > 1
)
SELECT row_number() OVER ()::INTEGER AS area_no, area.*, parent
FROM area LEFT JOIN parent USING (submission_id, area_code)"""
# A parent has a place wherever a part of it has: the sum of its parts needs one, printed or not.
PLACE = """
CREATE OR REPLACE TEMP TABLE judged_place AS
WITH own AS MATERIALIZED (
    SELECT DISTINCT submission_id, area_code, period, scenario FROM judged_observation
),
upper AS (
    SELECT DISTINCT o.submission_id, a.parent AS area_code, o.period, o.scenario
    FROM own o JOIN judged_area a USING (submission_id, area_code) WHERE a.parent IS NOT NULL
),
place AS (
    SELECT * FROM own
    UNION ALL SELECT * FROM upper ANTI JOIN own USING (submission_id, area_code, period, scenario)
)
SELECT row_number() OVER ()::INTEGER AS place, area_no, place.*,
    TRY_CAST(period AS INTEGER) AS year,
    CASE area_code WHEN 'VN' THEN 1 ELSE length(area_code) END::TINYINT AS level
FROM place LEFT JOIN judged_area USING (submission_id, area_code)"""
# Areas with siblings in the submission, each with its parent's place in its period and scenario.
UPPER = """
CREATE OR REPLACE TEMP TABLE judged_upper AS
SELECT p.place, a.parent, w.place AS upper_place
FROM judged_place p
JOIN judged_area a ON a.area_no = p.area_no AND a.parent IS NOT NULL
JOIN judged_place w ON w.submission_id = p.submission_id AND w.area_code = a.parent
    AND w.period = p.period AND w.scenario = p.scenario"""
MEANING = """
CREATE OR REPLACE TEMP TABLE judged_meaning AS
SELECT row_number() OVER (ORDER BY d.indicator, d.group_code)::INTEGER AS meaning_no,
    d.indicator, d.group_code, i.kind, i.numerator, i.denominator,
    dense_rank() OVER (ORDER BY d.indicator)::INTEGER AS indicator_no
FROM (
    SELECT DISTINCT indicator, group_code FROM judged_observation
) d LEFT JOIN code_indicator i ON i.indicator = d.indicator"""
# Half-widths are few, so what is made of them is made once each.
HALF = f"""
CREATE OR REPLACE TEMP TABLE judged_half AS
SELECT half_width, half_width::DOUBLE AS half_about, {square_of("half_width")} AS square
FROM (SELECT DISTINCT half_width FROM judged_observation)"""
# Sixteen million areas of submissions in a batch, 33 million tables.
AREA_BITS = 24
# No report prints 1e20 of anything; below it no sum can overflow DECIMAL(38, 12).
FIGURE = f"""
CREATE OR REPLACE TEMP TABLE judged_figure AS
SELECT
    row_number() OVER ()::INTEGER AS figure, p.place, t.table_no, m.meaning_no,
    o.observation_id, o.submission_id, o.value, o.half_width, o.value::DOUBLE AS about,
    h.half_about, (o.row_number::BIGINT << 36) + (o.column_number << 16) + o.position AS spot,
    (p.place::BIGINT << {MEANING_BITS}) + m.meaning_no AS meaning,
    (((t.table_no::BIGINT << {AREA_BITS}) + p.area_no) << {MEANING_BITS}) + m.meaning_no AS series
FROM judged_observation o
JOIN judged_place p ON p.submission_id = o.submission_id AND p.area_code = o.area_code
    AND p.period = o.period AND p.scenario = o.scenario
JOIN judged_table t ON t.submission_id = o.submission_id AND t.table_id = o.table_id
JOIN judged_half h ON h.half_width = o.half_width
JOIN judged_meaning m ON m.indicator = o.indicator AND m.group_code = o.group_code
WHERE NOT o.hidden AND abs(o.value) < 100000000000000000000"""
REPEATED = """
CREATE OR REPLACE TEMP TABLE judged_repeat AS
SELECT f.* FROM judged_figure f JOIN (
    SELECT table_no, meaning FROM judged_figure GROUP BY ALL HAVING count(*) > 1
) USING (table_no, meaning)
QUALIFY row_number() OVER (
    PARTITION BY f.table_no, f.meaning
    ORDER BY f.spot, f.observation_id) > 1"""
FIRST_PRINTS = "DELETE FROM judged_figure WHERE figure IN (SELECT figure FROM judged_repeat)"
NAMED = """
CREATE OR REPLACE TEMP VIEW judged_named AS
SELECT f.*, m.indicator, m.group_code, m.kind, m.numerator, m.denominator, m.indicator_no,
    p.area_code, p.period, p.scenario, p.year, p.level
FROM judged_figure f
JOIN judged_meaning m ON m.meaning_no = f.meaning_no JOIN judged_place p ON p.place = f.place"""
PRINT = """
CREATE OR REPLACE TEMP VIEW judged_print AS
SELECT * FROM judged_figure UNION ALL SELECT * FROM judged_repeat"""
UNREAD = """
CREATE OR REPLACE TEMP TABLE judged_unread AS
SELECT c.submission_id, c.sheet, c.row_number, c.column_number
FROM cell c JOIN judged_submission USING (submission_id) WHERE c.role = 'unread'"""
STATEMENTS = (
    OBSERVATION,
    *(
        TABLE,
        AREA_PARENTS,
        PLACE,
        UPPER,
        MEANING,
        HALF,
        FIGURE,
        REPEATED,
        FIRST_PRINTS,
        NAMED,
        PRINT,
        UNREAD,
    ),
    *(STEP, EARLIER_REPORT, EARLIER, ANY),
)
OWN = """
SELECT 'VIEW', view_name FROM duckdb_views() WHERE temporary AND starts_with(view_name, 'judged_')
UNION ALL
SELECT 'TABLE', table_name FROM duckdb_tables()
WHERE temporary AND starts_with(table_name, 'judged_')"""


def load_figures(connection: "DuckDBPyConnection", submission_ids: Sequence[str]) -> None:
    """Put the visible figures of these submissions, and the code lists, where rules find them."""
    _load_codes(connection)
    connection.execute(SUBMISSION, [list(submission_ids)])
    for statement in STATEMENTS:
        connection.execute(statement)


def release(connection: "DuckDBPyConnection") -> None:
    """Give back the memory of the batch's figures and computed relations."""
    for what, name in connection.execute(OWN).fetchall():
        connection.execute(f'DROP {what} "{name}"')


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
