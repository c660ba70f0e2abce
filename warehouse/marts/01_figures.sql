-- Which accepted figure stands for an area, indicator, group, period and scenario?
-- A view: `places` tells which do (`warehouse.standing`), and what a question does not name
-- is not looked up (each key on the right stands once, so DuckDB leaves unused joins out).
SELECT
    s.province_code, s.province_name, o.area_code, o.area_name, o.area_level, o.indicator,
    o.group_code, o.period,
    CASE WHEN length(o.period) = 4 THEN TRY_CAST(o.period AS INTEGER) END AS year,
    o.scenario, o.value, o.value_literal, o.unit, o.half_width, o.obs_status, c.conf_status,
    o.places, o.submission_id, s.file_name, o.sheet, o.cell, o.typed_text, o.observation_id
FROM main.observation AS o
LEFT JOIN (
    SELECT
        submission_id, any_value(province_code) AS province_code,
        any_value(province_name) AS province_name, any_value(file_name) AS file_name
    FROM main.submission
    GROUP BY submission_id
) AS s USING (submission_id)
LEFT JOIN (
    SELECT i.code AS indicator, arg_max(c.conf_status, length(c.indicators)) AS conf_status
    FROM mart.indicators AS i
    JOIN mart.confidentiality AS c ON i.code GLOB c.indicators
    GROUP BY i.code
) AS c USING (indicator)
WHERE o.places > 0
