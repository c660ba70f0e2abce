"""A series has a figure for every year between its first and its last that its table tells of.

Holds: 2012 to 2018 without a gap; 2009, 2015 and 2018, when no row has more. Fails: a district
without 2014 where the others have 2012 to 2018; a table of 2012, 2013, 2015 and 2016. A year
counts as told of when `share_pct` of the indicator's series have it; a whole table misses a year
when two years stand on either side of it.
"""

from expectations.rules.linear import relation_id
from expectations.rules.rule import Rule
from expectations.rules.text import among, quoted, same, term, within

TABLE = ("table_no", "indicator_no")


def compile_rule(rule: Rule) -> str:
    """SQL for one relation a table and indicator, and one for each series with a gap."""
    columns, share = ", ".join(TABLE), rule.applies["share_pct"]
    return f"""
    WITH dated AS MATERIALIZED (
        SELECT f.figure, f.table_no, f.indicator_no, f.series, f.observation_id, f.year
        FROM judged_named f
        WHERE {among("f.kind", rule.applies["indicator_kinds"])} AND length(f.period) = 4
            AND {within(rule, "f.period")}
    ),
    series AS MATERIALIZED (
        SELECT {columns}, list_distinct(list(year)) AS years,
            arg_min(figure, observation_id) AS figure, min(observation_id) AS named_by
        FROM dated GROUP BY {columns}, series
    ),
    told AS MATERIALIZED (
        SELECT {columns}, year, count(*) AS having
        FROM (SELECT {columns}, unnest(years) AS year FROM series) GROUP BY {columns}, year
    ),
    whole AS MATERIALIZED (
        SELECT {columns}, count(*) AS many, arg_min(figure, named_by) AS figure
        FROM series GROUP BY {columns}
    ),
    expected AS MATERIALIZED (
        SELECT w.table_no, w.indicator_no, any_value(w.figure) AS figure,
            list(t.year ORDER BY t.year) AS years
        FROM whole w JOIN told t ON {same("t", "w", TABLE)}
        WHERE 100 * t.having >= {share} * w.many
        GROUP BY w.table_no, w.indicator_no HAVING count(*) > 1
    ),
    gap AS (
        SELECT e.table_no, e.figure, false AS own, len(e.years) AS present,
            list_filter(range(e.years[1], e.years[-1]), lambda y: {_lone("e.years", "y")})
                AS missing
        FROM expected e
        UNION ALL
        SELECT s.table_no, s.figure, true AS own, len(s.years) AS present,
            list_filter(e.years, lambda y: NOT list_contains(s.years, y)
                AND y > list_min(s.years) AND y < list_max(s.years)) AS missing
        FROM series s JOIN expected e ON {same("e", "s", TABLE)}
        WHERE len(s.years) < len(e.years) AND len(missing) > 0
    ),
    decided AS (
        SELECT g.*, t.submission_id, concat_ws('|', t.table_id, n.indicator,
            CASE WHEN own THEN n.area_code ELSE '' END, CASE WHEN own THEN n.group_code ELSE '' END
            ) AS identity
        FROM gap g JOIN judged_table t ON t.table_no = g.table_no
        JOIN judged_named n ON n.figure = g.figure
    )
    SELECT {relation_id(rule)} AS relation_id, submission_id, {quoted(rule.rule_id)} AS rule,
        {quoted(rule.kind)} AS kind,
        CASE WHEN len(missing) = 0 THEN 'holds' ELSE 'fails' END AS status,
        (present + len(missing))::DECIMAL(38, 12) AS computed, NULL::DECIMAL(38, 12) AS low,
        NULL::DECIMAL(38, 12) AS high, present::DECIMAL(38, 12) AS found,
        -len(missing)::DECIMAL(38, 12) AS gap, false AS improbable,
        [{term("figure", "found")}] AS terms,
        list_transform(missing, lambda y: y::VARCHAR) AS named
    FROM decided"""


def _lone(years: str, year: str) -> str:
    """Whether a year is missing where both before and after it two years in a row are there."""
    around = " AND ".join(
        f"list_contains({years}, {year} {step})" for step in ("- 2", "- 1", "+ 1", "+ 2")
    )
    return f"NOT list_contains({years}, {year}) AND {around}"
