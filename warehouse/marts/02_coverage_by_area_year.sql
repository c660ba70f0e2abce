-- How many people had health insurance in each area and year, as reported, recomputed, planned?
WITH wide AS (
    SELECT
        CASE area_level WHEN 'province' THEN area_code ELSE max(province_code) END AS province_code,
        CASE area_level WHEN 'province' THEN any_value(area_name)
            ELSE arg_max(province_name, province_code)
        END AS province_name,
        area_level, area_code, any_value(area_name) AS area_name,
        year, scenario,
        any_value(value) FILTER (indicator = 'population') AS population,
        any_value(value) FILTER (indicator = 'population_avg') AS population_avg,
        any_value(value) FILTER (indicator = 'bhyt_participants') AS participants,
        any_value(value) FILTER (indicator = 'bhyt_coverage_pct') AS coverage
    FROM mart.figures
    WHERE group_code = 'total' AND year IS NOT NULL
    GROUP BY area_level, area_code, year, scenario
    HAVING participants IS NOT NULL OR coverage IS NOT NULL
),
known AS (
    SELECT
        *, coalesce(
            coverage, 100 * participants / nullif(coalesce(population, population_avg), 0)
        ) AS best
    FROM wide
)
SELECT
    w.province_code, w.province_name, w.area_level, w.area_code, w.area_name, w.year, w.scenario,
    TRY_CAST(w.population AS BIGINT) AS population_people,
    TRY_CAST(w.population_avg AS BIGINT) AS population_avg_people,
    TRY_CAST(w.participants AS BIGINT) AS bhyt_participants_people,
    TRY_CAST(w.coverage AS DECIMAL(18, 6)) AS bhyt_coverage_reported_pct,
    TRY_CAST(
        100 * w.participants / nullif(coalesce(w.population, w.population_avg), 0)
        AS DECIMAL(18, 4)
    ) AS bhyt_coverage_recomputed_pct,
    CASE WHEN w.participants IS NULL THEN NULL
        WHEN w.population IS NOT NULL THEN 'population'
        WHEN w.population_avg IS NOT NULL THEN 'population_avg'
    END AS recomputed_from,
    TRY_CAST(plan.best AS DECIMAL(18, 6)) AS bhyt_coverage_planned_pct,
    TRY_CAST(w.best - plan.best AS DECIMAL(18, 4)) AS bhyt_coverage_against_plan_pct_points
FROM known AS w
LEFT JOIN known AS plan
    ON plan.scenario = 'plan' AND plan.area_level = w.area_level
    AND plan.area_code = w.area_code AND plan.year = w.year
