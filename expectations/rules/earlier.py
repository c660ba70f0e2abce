"""What a province reported before: figures of its reports that earlier nights accepted.

`judged_earlier` holds them beside the meaning of the figure that they are compared with:
`years_before` 0 for the same area, period and scenario, 1 for the actual of the year before. Of
several earlier reports the latest is meant, of several prints in it the most precise. Their figures
are numbered below zero; `judged_any` names them and the batch's own.
"""

from expectations.rules.text import MEANING_BITS

# Only what came before: which reports a report is compared with must not depend on the night.
EARLIER_REPORT = """
CREATE OR REPLACE TEMP TABLE judged_earlier_report AS
SELECT own.submission_id, e.submission_id AS earlier_id, e.received_at
FROM judged_submission j JOIN submission own ON own.submission_id = j.submission_id
JOIN submission e ON e.province_code = own.province_code AND e.status = 'accepted'
    AND e.received_at < own.received_at
    AND e.submission_id NOT IN (SELECT submission_id FROM judged_submission)
WHERE own.province_code <> ''"""
EARLIER = f"""
CREATE OR REPLACE TEMP TABLE judged_earlier AS
WITH wanted AS (
    SELECT place, submission_id, area_code, period, scenario, 0 AS years_before FROM judged_place
    UNION ALL
    SELECT place, submission_id, area_code, (TRY_CAST(period AS INTEGER) - 1)::VARCHAR, scenario, 1
    FROM judged_place WHERE scenario = 'actual' AND TRY_CAST(period AS INTEGER) IS NOT NULL
)
SELECT -row_number() OVER ()::INTEGER AS figure, * FROM (
    SELECT (w.place::BIGINT << {MEANING_BITS}) + m.meaning_no AS meaning, w.years_before,
        o.observation_id, r.earlier_id, o.value, o.half_width
    FROM judged_earlier_report r
    JOIN wanted w ON w.submission_id = r.submission_id
    JOIN observation o ON o.submission_id = r.earlier_id AND o.area_code = w.area_code
        AND o.period = w.period AND o.scenario = w.scenario
    JOIN judged_meaning m ON m.indicator = o.indicator AND m.group_code = o.group_code
    WHERE NOT o.hidden AND abs(o.value) < 100000000000000000000
    QUALIFY row_number() OVER (
        PARTITION BY w.place, w.years_before, m.meaning_no
        ORDER BY r.received_at DESC, o.half_width, o.observation_id) = 1
)"""
ANY = """
CREATE OR REPLACE TEMP VIEW judged_any AS
SELECT figure, submission_id, observation_id FROM judged_print
UNION ALL SELECT figure, earlier_id, observation_id FROM judged_earlier"""
