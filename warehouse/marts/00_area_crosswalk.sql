-- In which of today's provinces does each area lie, in every spell of its code?
-- Districts ended on 2025-07-01; they go where their province went.
WITH province AS (
    SELECT
        p.code, p.name, p.valid_from, p.valid_to,
        coalesce(nullif(p.successor_code, ''), p.code) AS today_code
    FROM mart.areas AS p
    WHERE p.level = 'province'
),
today AS (
    SELECT code, name FROM mart.areas WHERE level = 'province' AND valid_to IS NULL
)
SELECT
    a.level AS area_level, a.code AS area_code, a.name AS area_name, a.type, a.valid_from,
    a.valid_to, p.code AS province_code, p.name AS province_name,
    today.code AS province_code_today, today.name AS province_name_today
FROM mart.areas AS a
JOIN province AS p
    ON p.code = CASE a.level WHEN 'province' THEN a.code ELSE a.parent_code END
    AND CASE a.level WHEN 'province' THEN p.valid_from IS NOT DISTINCT FROM a.valid_from
        -- the spell of the province in which the district began
        ELSE coalesce(a.valid_from, DATE '0001-01-01') >= coalesce(p.valid_from, DATE '0001-01-01')
            AND coalesce(coalesce(a.valid_from, DATE '0001-01-01') < p.valid_to, true)
    END
LEFT JOIN today ON today.code = p.today_code
ORDER BY a.level DESC, a.code, a.valid_from NULLS FIRST
