"""The marts as pages: the question each answers, its rows, and a plot of one column."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from expectations.desk.charts import Line, Point, line_chart
from expectations.desk.language import Speaker
from expectations.desk.publication import Reader, Row

ROWS = 200
"""Rows of a mart on its page; `baophu export` and the query page give the rest."""
MOST_LINES = 6
PLOT_WIDTH, PLOT_HEIGHT = 880, 260
TABLES = """
SELECT table_name AS name, coalesce(comment, '') AS question, estimated_size AS rows,
    table_oid AS oid
FROM duckdb_tables() WHERE schema_name = 'mart' AND table_name <> 'recipe'
UNION ALL
SELECT view_name, coalesce(comment, ''), NULL, view_oid
FROM duckdb_views() WHERE schema_name = 'mart' AND NOT internal
ORDER BY oid"""
COLUMNS = """
SELECT column_name AS name, coalesce(comment, '') AS meaning, data_type AS kind
FROM duckdb_columns() WHERE schema_name = 'mart' AND table_name = $table ORDER BY column_index"""
NUMBERS = ("DECIMAL", "BIGINT", "INTEGER", "HUGEINT", "DOUBLE")
NOT_PLOTTED = frozenset({"year", "reference_year", "row_number", "places", "half_width"})


@dataclass(frozen=True, slots=True)
class Mart:
    """What the page of a mart shows; `measures` are the columns that can be plotted."""

    name: str
    question: str
    columns: Sequence[Row]
    rows: Sequence[Row]
    rows_in_all: int
    measures: Sequence[str]
    measure: str
    provinces: Sequence[str]
    chart: Markup
    lines: Sequence[str]


def marts(reader: Reader) -> list[Row]:
    """Every mart with its question."""
    return reader.rows(TABLES)


def mart(reader: Reader, name: str, measure: str, province: str, say: Speaker) -> Mart | None:
    """A mart's first rows and the plot of one measure; None when there is no such mart."""
    found = next((one for one in marts(reader) if one["name"] == name), None)
    if found is None:
        return None
    columns = reader.rows(COLUMNS, {"table": name})
    names = [column["name"] for column in columns]
    own = "province_name" in names
    where = "WHERE $province = '' OR province_name = $province" if own else ""
    facts = {"province": province} if own else {}
    rows = reader.rows(f'SELECT * FROM mart."{name}" {where} LIMIT {ROWS}', facts)
    [counted] = reader.rows(f'SELECT count(*) AS rows FROM mart."{name}" {where}', facts)
    measures = [
        column["name"]
        for column in columns
        if column["kind"].startswith(NUMBERS) and column["name"] not in NOT_PLOTTED
    ]
    measures = measures if "year" in names else []
    measure = measure if measure in measures else next(iter(measures), "")
    lines = (
        _lines(reader, name, names, measure=measure, province=province, say=say) if measure else []
    )
    listed = f'SELECT DISTINCT province_name AS name FROM mart."{name}" ORDER BY 1'
    return Mart(
        name,
        found["question"],
        columns,
        rows,
        counted["rows"],
        measures,
        measure,
        [row["name"] for row in reader.rows(listed)] if own else [],
        line_chart(f"{name}: {measure}", lines, PLOT_WIDTH, PLOT_HEIGHT),
        [line.name for line in lines],
    )


def _lines(
    reader: Reader, name: str, names: Sequence[str], *, measure: str, province: str, say: Speaker
) -> list[Line]:
    """One line for each area and scenario; of sub-groups only the totals."""
    area = next(
        (one for one in ("area_name", "district_name", "province_name") if one in names), ""
    )
    if not area:
        return []
    scenario = "scenario" if "scenario" in names else "'actual'"
    conditions = [f'"{measure}" IS NOT NULL', "year IS NOT NULL"]
    facts: dict[str, object] = {}
    if "province_name" in names and province:
        conditions.append("province_name = $province")
        facts["province"] = province
    if "group_code" in names:
        conditions.append("group_code = 'total'")
    if "area_level" in names and not province:
        conditions.append("area_level = 'province'")
    rows = reader.rows(
        f'SELECT {area} AS area, {scenario} AS scenario, year, any_value("{measure}") AS value '
        f'FROM mart."{name}" WHERE {" AND ".join(conditions)} GROUP BY ALL '
        "ORDER BY area, scenario, year",
        facts,
    )
    found: dict[tuple[str, str], list[Point]] = {}
    for row in rows:
        value = Decimal(str(row["value"]))
        point = Point(str(row["year"]), value, say.figure(value))
        found.setdefault((row["area"], row["scenario"]), []).append(point)
    return [
        Line(f"{place} ({say(f'scenario.{kind}')})", points, kind == "plan")
        for (place, kind), points in list(found.items())[:MOST_LINES]
    ]
