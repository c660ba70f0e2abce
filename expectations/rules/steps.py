"""Steps from a figure to the same figure of the year before it in its table, for rules of series.

`judged_step` holds every figure of a whole year beside the nearest earlier year of its series: the
same table, area, indicator and group, whatever the scenario (a plan goes on from the last actual).
"""

STEP = """
CREATE OR REPLACE TEMP TABLE judged_step AS
SELECT * FROM (
    SELECT f.figure, f.table_no, f.meaning_no, f.series, f.value, f.half_width, f.about,
        f.half_about, m.kind, m.indicator_no, p.year, p.level,
        lag({'figure': f.figure, 'value': f.value, 'half_width': f.half_width,
            'about': f.about, 'half_about': f.half_about, 'year': p.year})
            OVER (PARTITION BY f.series ORDER BY p.year, p.scenario) AS last
    FROM judged_figure f JOIN judged_place p ON p.place = f.place
    JOIN judged_meaning m ON m.meaning_no = f.meaning_no
    WHERE p.year IS NOT NULL AND m.kind IN ('count', 'money', 'rate')
) WHERE last.year < year"""
