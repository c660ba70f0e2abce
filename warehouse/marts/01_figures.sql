-- Which accepted figure stands for an area, indicator, group, period and scenario?
-- A figure that is printed in several places is taken once: from a shown sheet before a hidden
-- one, from a table before a note, from the latest report, where it is printed most precisely.
WITH ranked AS (
    SELECT
        o.*, s.file_name, s.reference_year,
        s.province_code, s.province_name,
        count(*) OVER place AS places,
        row_number() OVER (
            place ORDER BY
                o.hidden, coalesce(t.kind, '') = 'note', s.reference_year DESC NULLS LAST,
                o.half_width, o.submission_id, o.sheet, o.row_number, o.column_number, o.position
        ) AS choice
    FROM main.observation AS o
    JOIN main.submission AS s USING (submission_id)
    LEFT JOIN main.source_table AS t USING (submission_id, table_id)
    WHERE s.status = 'accepted'
    WINDOW place AS (
        PARTITION BY o.area_level, o.area_code, o.indicator, o.group_code, o.period, o.scenario
    )
)
SELECT
    province_code, province_name, area_code, area_name, area_level, indicator, group_code,
    period, CASE WHEN regexp_full_match(period, '[12][0-9]{3}') THEN CAST(period AS INTEGER) END AS year,
    scenario, value, value_literal, unit,
    half_width, obs_status,
    (
        SELECT c.conf_status FROM mart.confidentiality AS c
        WHERE ranked.indicator GLOB c.indicators ORDER BY length(c.indicators) DESC LIMIT 1
    ) AS conf_status,
    places, submission_id, file_name, sheet, cell, typed_text,
    observation_id
FROM ranked
WHERE choice = 1
ORDER BY area_level, area_code, indicator, group_code, period, scenario
