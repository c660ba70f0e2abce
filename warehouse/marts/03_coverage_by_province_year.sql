-- How many people had health insurance in each province and year, as reported, recomputed, planned?
-- Today's province follows from the spell of the code that held when the year began.
SELECT
    c.area_code AS province_code, c.area_name AS province_name, c.year, c.scenario,
    c.population_people, c.population_avg_people, c.bhyt_participants_people,
    c.bhyt_coverage_reported_pct, c.bhyt_coverage_recomputed_pct, c.recomputed_from,
    c.bhyt_coverage_planned_pct, c.bhyt_coverage_against_plan_pct_points, today.code AS province_code_today,
    today.name AS province_name_today
FROM mart.coverage_by_area_year AS c
ASOF LEFT JOIN (
    SELECT code, successor_code, coalesce(valid_from, DATE '0001-01-01') AS begins
    FROM mart.areas
    WHERE level = 'province'
) AS spell
    ON spell.code = c.area_code AND spell.begins <= make_date(c.year, 1, 1)
LEFT JOIN mart.areas AS today
    ON today.level = 'province' AND today.valid_to IS NULL
    AND today.code = coalesce(nullif(spell.successor_code, ''), c.area_code)
WHERE c.area_level = 'province'
ORDER BY c.area_code, c.year, c.scenario
