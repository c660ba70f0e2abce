-- Of how many of its districts did each province report, for each indicator and year?
-- A district is expected when its code was valid on the first day of the year.
WITH reported AS (
    SELECT
        province_code, any_value(province_name) AS province_name, year, scenario, indicator,
        bool_or(area_level = 'province') AS province_reported,
        list(DISTINCT area_code) FILTER (area_level = 'district') AS codes
    FROM mart.figures
    WHERE group_code = 'total' AND year IS NOT NULL AND province_code <> ''
    GROUP BY ALL
),
expected AS (
    SELECT r.province_code, r.year, d.code, any_value(d.name) AS name
    FROM (SELECT DISTINCT province_code, year FROM reported) AS r
    JOIN mart.areas AS d
        ON d.level = 'district' AND d.parent_code = r.province_code
        AND coalesce(d.valid_from <= make_date(r.year, 1, 1), true)
        AND coalesce(d.valid_to > make_date(r.year, 1, 1), true)
    GROUP BY ALL
)
SELECT
    r.province_code, r.province_name, r.year, r.scenario, r.indicator, r.province_reported,
    count(e.code) AS expected_districts,
    count(e.code) FILTER (list_contains(r.codes, e.code)) AS reported_districts,
    TRY_CAST(
        100 * count(e.code) FILTER (list_contains(r.codes, e.code)) / nullif(count(e.code), 0)
        AS DECIMAL(9, 4)
    ) AS completeness_pct,
    coalesce(
        string_agg(e.name, ', ' ORDER BY e.code) FILTER (NOT coalesce(list_contains(r.codes, e.code), false)), ''
    ) AS missing_districts
FROM reported AS r
LEFT JOIN expected AS e USING (province_code, year)
GROUP BY r.province_code, r.province_name, r.year, r.scenario, r.indicator, r.province_reported
ORDER BY r.province_code, r.year, r.scenario, r.indicator
