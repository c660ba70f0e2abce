-- Which accepted figure stands for an area, indicator, group, period and scenario?
-- A figure that is printed in several places is taken once: from a shown sheet before a hidden
-- one, from a table before a note, from the latest report, where it is printed most precisely.
-- Most figures are printed once: only the others are put in order.
WITH reported AS (
    SELECT
        o.*, s.file_name, s.reference_year, s.province_code, s.province_name,
        hash(o.area_level, o.area_code, o.indicator, o.group_code, o.period, o.scenario) AS place
    FROM main.observation AS o
    JOIN main.submission AS s USING (submission_id)
    WHERE s.status = 'accepted'
),
repeated AS (
    SELECT place FROM reported GROUP BY place HAVING count(*) > 1
),
ranked AS (
    SELECT
        r.*, count(*) OVER same AS places,
        row_number() OVER (
            same ORDER BY
                r.hidden, coalesce(t.kind, '') = 'note', r.reference_year DESC NULLS LAST,
                r.half_width, r.submission_id, r.sheet, r.row_number, r.column_number, r.position
        ) AS choice
    FROM reported AS r
    SEMI JOIN repeated USING (place)
    LEFT JOIN main.source_table AS t USING (submission_id, table_id)
    WINDOW same AS (
        PARTITION BY r.area_level, r.area_code, r.indicator, r.group_code, r.period, r.scenario
    )
),
chosen AS (
    SELECT * FROM ranked WHERE choice = 1
    UNION ALL BY NAME
    SELECT *, 1 AS places FROM reported ANTI JOIN repeated USING (place)
),
confidential AS (
    SELECT i.indicator, arg_max(c.conf_status, length(c.indicators)) AS conf_status
    FROM (SELECT DISTINCT indicator FROM main.observation) AS i
    JOIN mart.confidentiality AS c ON i.indicator GLOB c.indicators
    GROUP BY ALL
)
SELECT
    province_code, province_name, area_code, area_name, area_level, indicator, group_code,
    period, CASE WHEN regexp_full_match(period, '[12][0-9]{3}') THEN CAST(period AS INTEGER) END AS year,
    scenario, value, value_literal, unit, half_width, obs_status, conf_status, places,
    submission_id, file_name, sheet, cell, typed_text, observation_id
FROM chosen
LEFT JOIN confidential USING (indicator)
