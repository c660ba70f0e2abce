-- How often were insured people treated, where, and how often per insured person?
WITH wide AS (
    SELECT
        CASE area_level WHEN 'province' THEN area_code ELSE max(province_code) END AS province_code,
        CASE area_level WHEN 'province' THEN any_value(area_name)
            ELSE arg_max(province_name, province_code)
        END AS province_name,
        area_level, area_code, any_value(area_name) AS area_name,
        period, any_value(year) AS year, scenario, group_code,
        any_value(value) FILTER (indicator = 'bhyt_visits') AS visits,
        any_value(value) FILTER (indicator = 'bhyt_visits_inpatient') AS inpatient,
        any_value(value) FILTER (indicator = 'bhyt_visits_outpatient') AS outpatient,
        any_value(value) FILTER (indicator = 'bhyt_participants') AS participants
    FROM mart.figures
    WHERE indicator IN (
        'bhyt_visits', 'bhyt_visits_inpatient', 'bhyt_visits_outpatient', 'bhyt_participants'
    )
    GROUP BY area_level, area_code, period, scenario, group_code
)
SELECT
    province_code, province_name, area_level, area_code, area_name, period, year, scenario,
    wide.group_code, g.name_vi AS group_name_vi, g.name_en AS group_name_en,
    TRY_CAST(visits AS BIGINT) AS bhyt_visits,
    TRY_CAST(inpatient AS BIGINT) AS bhyt_inpatient_visits,
    TRY_CAST(outpatient AS BIGINT) AS bhyt_outpatient_visits,
    TRY_CAST(visits / nullif(participants, 0) AS DECIMAL(18, 4)) AS visits_per_participant
FROM wide
LEFT JOIN mart.groups AS g ON g.code = wide.group_code
WHERE coalesce(visits, inpatient, outpatient) IS NOT NULL
