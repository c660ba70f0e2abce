-- How many people had health insurance in each district and year, as reported, recomputed, planned?
SELECT
    province_code, province_name, area_code AS district_code, area_name AS district_name, year,
    scenario, population_people, population_avg_people, bhyt_participants_people,
    bhyt_coverage_reported_pct, bhyt_coverage_recomputed_pct, recomputed_from,
    bhyt_coverage_planned_pct, bhyt_coverage_against_plan_pct_points
FROM mart.coverage_by_area_year
WHERE area_level = 'district'
ORDER BY province_code, district_code, year, scenario
