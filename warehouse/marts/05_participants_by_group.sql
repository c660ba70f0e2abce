-- Who is insured: how many people of each payer group and sub-group, and what share of all?
WITH wide AS (
    SELECT
        CASE area_level WHEN 'province' THEN area_code ELSE max(province_code) END AS province_code,
        CASE area_level WHEN 'province' THEN any_value(area_name)
            ELSE arg_max(province_name, province_code)
        END AS province_name,
        area_level, area_code, any_value(area_name) AS area_name,
        year, scenario, group_code,
        any_value(value) FILTER (indicator = 'bhyt_participants') AS participants,
        any_value(value) FILTER (indicator = 'bhyt_participant_share_pct') AS share,
        any_value(value) FILTER (indicator = 'bhyt_participants_change_prev_year') AS change,
        any_value(value) FILTER (indicator = 'bhyt_participants_index_prev_year_pct') AS index
    FROM mart.figures
    WHERE year IS NOT NULL AND indicator IN (
        'bhyt_participants', 'bhyt_participant_share_pct',
        'bhyt_participants_change_prev_year', 'bhyt_participants_index_prev_year_pct'
    )
    GROUP BY area_level, area_code, year, scenario, group_code
)
SELECT
    w.province_code, w.province_name, w.area_level, w.area_code, w.area_name, w.year, w.scenario,
    w.group_code, g.name_vi AS group_name_vi, g.name_en AS group_name_en,
    CASE WHEN contains(w.group_code, '/') THEN regexp_replace(w.group_code, '/[^/]*$', '')
        WHEN w.group_code = 'total' THEN '' ELSE 'total'
    END AS parent_group_code,
    TRY_CAST(w.participants AS BIGINT) AS bhyt_participants_people,
    TRY_CAST(w.share AS DECIMAL(18, 6)) AS bhyt_participant_share_reported_pct,
    TRY_CAST(100 * w.participants / nullif(total.participants, 0) AS DECIMAL(18, 4))
        AS bhyt_participant_share_recomputed_pct,
    TRY_CAST(w.change AS BIGINT) AS bhyt_participants_change_prev_year_people,
    TRY_CAST(w.index AS DECIMAL(18, 6)) AS bhyt_participants_index_prev_year_pct
FROM wide AS w
LEFT JOIN wide AS total
    ON total.group_code = 'total' AND total.area_level = w.area_level AND total.area_code = w.area_code
    AND total.year = w.year AND total.scenario = w.scenario
LEFT JOIN mart.groups AS g ON g.code = w.group_code
