-- How many people had health insurance in each of today's 34 provinces, as sums of the old ones?
-- A sum stands where every old province of the year has it; what is there is summed beside it.
WITH expected AS (
    SELECT
        y.year, x.province_code_today, x.province_name_today, x.area_code AS province_code,
        x.area_name AS province_name
    FROM (SELECT DISTINCT year FROM mart.coverage_by_province_year) AS y
    JOIN mart.area_crosswalk AS x
        ON x.area_level = 'province'
        AND coalesce(x.valid_from <= make_date(y.year, 1, 1), true)
        AND coalesce(x.valid_to > make_date(y.year, 1, 1), true)
),
part AS (
    SELECT
        e.*, c.scenario, c.bhyt_participants_people AS participants,
        coalesce(c.population_people, c.population_avg_people) AS population
    FROM expected AS e
    LEFT JOIN mart.coverage_by_province_year AS c USING (province_code, year)
),
scenario AS (
    SELECT DISTINCT year, province_code_today, scenario FROM part WHERE scenario IS NOT NULL
),
filled AS (
    SELECT
        e.year, e.province_code_today, e.province_name_today, s.scenario, e.province_code,
        e.province_name, p.participants, p.population
    FROM scenario AS s
    JOIN expected AS e USING (year, province_code_today)
    LEFT JOIN part AS p USING (year, province_code, scenario)
)
SELECT
    province_code_today, province_name_today, year, scenario,
    count(*) AS old_provinces, count(participants) AS old_provinces_reported,
    string_agg(province_name, ', ' ORDER BY province_code) AS old_province_names,
    coalesce(
        string_agg(province_name, ', ' ORDER BY province_code) FILTER (participants IS NULL), ''
    ) AS missing_province_names,
    count(participants) = count(*) AS is_complete,
    CAST(sum(population) AS BIGINT) AS population_people,
    CAST(sum(participants) AS BIGINT) AS bhyt_participants_people,
    CASE WHEN count(participants + population) = count(*) THEN
        TRY_CAST(100 * sum(participants) / nullif(sum(population), 0) AS DECIMAL(18, 4))
    END AS bhyt_coverage_recomputed_pct
FROM filled
GROUP BY ALL
ORDER BY province_code_today, year, scenario
