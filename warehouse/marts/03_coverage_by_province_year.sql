-- How many people had health insurance in each province and year, as reported, recomputed, planned?
SELECT
    c.area_code AS province_code, c.area_name AS province_name, c.year, c.scenario,
    c.population_people, c.population_avg_people, c.bhyt_participants_people,
    c.bhyt_coverage_reported_pct, c.bhyt_coverage_recomputed_pct, c.recomputed_from,
    c.bhyt_coverage_planned_pct,
    coalesce(nullif(old.successor_code, ''), c.area_code) AS province_code_today,
    today.name AS province_name_today
FROM mart.coverage_by_area_year AS c
LEFT JOIN mart.areas AS old
    ON old.level = 'province' AND old.code = c.area_code
    AND old.valid_to > make_date(c.year, 12, 31)
LEFT JOIN mart.areas AS today
    ON today.level = 'province' AND today.valid_to IS NULL
    AND today.code = coalesce(nullif(old.successor_code, ''), c.area_code)
WHERE c.area_level = 'province'
ORDER BY c.area_code, c.year, c.scenario
