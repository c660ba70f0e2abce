-- What share of the labour force has social (BHXH) and unemployment (BHTN) insurance?
WITH wide AS (
    SELECT
        CASE area_level WHEN 'province' THEN area_code ELSE max(province_code) END AS province_code,
        CASE area_level WHEN 'province' THEN any_value(area_name)
            ELSE arg_max(province_name, province_code)
        END AS province_name,
        area_level, area_code, any_value(area_name) AS area_name,
        year, scenario,
        any_value(value) FILTER (indicator = 'labour_force' AND group_code = 'total') AS labour,
        any_value(value) FILTER (indicator = 'bhxh_participants' AND group_code = 'total') AS bhxh,
        any_value(value) FILTER (
            indicator = 'bhxh_participants' AND group_code = 'compulsory'
        ) AS compulsory,
        any_value(value) FILTER (
            indicator = 'bhxh_participants' AND group_code = 'voluntary'
        ) AS voluntary,
        any_value(value) FILTER (indicator = 'bhtn_participants' AND group_code = 'total') AS bhtn,
        any_value(value) FILTER (
            indicator = 'bhxh_coverage_pct' AND group_code = 'total'
        ) AS bhxh_coverage,
        any_value(value) FILTER (
            indicator = 'bhtn_coverage_pct' AND group_code = 'total'
        ) AS bhtn_coverage
    FROM mart.figures
    WHERE year IS NOT NULL
    GROUP BY area_level, area_code, year, scenario
    HAVING coalesce(bhxh, bhtn, compulsory, voluntary, bhxh_coverage, bhtn_coverage) IS NOT NULL
)
SELECT
    province_code, province_name, area_level, area_code, area_name, year, scenario,
    TRY_CAST(labour AS BIGINT) AS labour_force_people,
    TRY_CAST(bhxh AS BIGINT) AS bhxh_participants_people,
    TRY_CAST(compulsory AS BIGINT) AS bhxh_compulsory_people,
    TRY_CAST(voluntary AS BIGINT) AS bhxh_voluntary_people,
    TRY_CAST(bhtn AS BIGINT) AS bhtn_participants_people,
    TRY_CAST(bhxh_coverage AS DECIMAL(18, 6)) AS bhxh_coverage_reported_pct,
    TRY_CAST(100 * bhxh / nullif(labour, 0) AS DECIMAL(18, 4)) AS bhxh_coverage_recomputed_pct,
    TRY_CAST(bhtn_coverage AS DECIMAL(18, 6)) AS bhtn_coverage_reported_pct,
    TRY_CAST(100 * bhtn / nullif(labour, 0) AS DECIMAL(18, 4)) AS bhtn_coverage_recomputed_pct
FROM wide
