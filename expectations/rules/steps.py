"""Steps from a figure to the same figure of the year before it in its table, for rules of series.

`judged_step` holds every figure of a whole year beside the nearest earlier year of its series: the
same table, area, indicator and group, whatever the scenario (a plan goes on from the last actual).
"""

STEP = """
CREATE OR REPLACE TEMP TABLE judged_step AS
SELECT * FROM (
    SELECT f.figure, f.observation_id, f.submission_id, f.table_no, f.place, f.area_code,
        f.indicator, f.group_code, f.period, f.scenario, f.value, f.half_width, f.series,
        i.kind, y.year,
        lag({'figure': f.figure, 'value': f.value, 'half_width': f.half_width, 'year': y.year})
            OVER (PARTITION BY f.series ORDER BY y.year, f.scenario) AS last
    FROM judged_figure f
    JOIN (SELECT period, TRY_CAST(period AS INTEGER) AS year
        FROM (SELECT DISTINCT period FROM judged_place)) y ON y.period = f.period
    JOIN code_indicator i ON i.indicator = f.indicator
    WHERE y.year IS NOT NULL AND i.kind IN ('count', 'money', 'rate')
) WHERE last.year < year"""
