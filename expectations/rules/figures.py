"""The figures and code lists that rules are evaluated over, as temporary tables."""

import datetime as dt
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from warehouse import reference

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

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

# No report prints 1e20 of anything; below it no sum can overflow DECIMAL(38, 12).
# A figure printed twice in one table with the same meaning is summed once (the first print); all
# prints are compared by the rule of the same figure.
FIGURE = """
CREATE OR REPLACE TEMP TABLE judged_print AS
SELECT
    o.observation_id, o.submission_id, o.table_id, o.sheet, o.area_code, o.area_level, o.indicator,
    o.group_code, o.period, o.scenario, o.value, o.half_width, o.row_number, o.column_number,
    o.position, i.kind, i.numerator, i.denominator
FROM observation o
JOIN judged_submission USING (submission_id)
LEFT JOIN code_indicator i ON i.indicator = o.indicator
WHERE NOT o.hidden AND abs(o.value) < 100000000000000000000"""
REPEATED = """
CREATE OR REPLACE TEMP TABLE judged_repeat AS
SELECT observation_id FROM (
    SELECT p.observation_id, row_number() OVER (
        PARTITION BY {key} ORDER BY p.row_number, p.column_number, p.position, p.observation_id
    ) AS copy
    FROM judged_print p
    JOIN (SELECT {key} FROM judged_print GROUP BY {key} HAVING count(*) > 1) USING ({key})
) WHERE copy > 1"""
FIRST_PRINT = """
CREATE OR REPLACE TEMP TABLE judged_figure AS
SELECT * FROM judged_print WHERE observation_id NOT IN (SELECT observation_id FROM judged_repeat)"""
TABLE_KEY = "submission_id, table_id, area_code, indicator, group_code, period, scenario"
UNREAD = """
CREATE OR REPLACE TEMP TABLE judged_unread AS
SELECT c.submission_id, c.sheet, c.row_number, c.column_number
FROM cell c JOIN judged_submission USING (submission_id) WHERE c.role = 'unread'"""
# The day whose areas a submission speaks of: its document's date, else the end of its year, else
# the day it came.
DATED = """
CREATE OR REPLACE TEMP TABLE judged_submission AS
SELECT s.submission_id, coalesce(
    TRY_CAST(nullif(s.document_date, '') AS DATE),
    make_date(s.reference_year, 12, 31),
    CAST(s.received_at AS DATE)) AS on_date
FROM submission s WHERE list_contains(?, s.submission_id)"""


def load_figures(connection: "DuckDBPyConnection", submission_ids: Sequence[str]) -> None:
    """Put the visible figures of these submissions, and the code lists, where rules find them."""
    _load_codes(connection)
    connection.execute(DATED, [list(submission_ids)])
    connection.execute(FIGURE)
    connection.execute(REPEATED.format(key=TABLE_KEY))
    connection.execute(FIRST_PRINT)
    connection.execute(UNREAD)


def _load_codes(connection: "DuckDBPyConnection") -> None:
    indicators = [(i.code, i.kind, i.numerator, i.denominator) for i in reference.indicators()]
    areas = [(a.code, a.parent_code, a.valid_from, a.valid_to) for a in reference.areas()]
    _fill(connection, INDICATOR, "code_indicator", indicators)
    _fill(connection, AREA, "code_area", areas)
    _fill(connection, MEMBERSHIP, "code_membership", list(_memberships()))


def _memberships() -> Iterable[tuple[str | bool | dt.date | None, ...]]:
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
    connection: "DuckDBPyConnection",
    create: str,
    table: str,
    rows: Sequence[tuple[str | bool | dt.date | None, ...]],
) -> None:
    connection.execute(create)
    columns = [list(column) for column in zip(*rows, strict=True)]
    unnested = ", ".join(f"unnest(${position + 1})" for position in range(len(columns)))
    connection.execute(f"INSERT INTO {table} SELECT {unnested}", columns)
