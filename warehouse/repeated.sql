-- Which of the figures that are printed in several places stands for them, and for how many?
-- From a shown sheet before a hidden one, from a table before a note, from the latest report, where
-- it is printed most precisely. Most figures are printed once: only the others are put in order.
WITH repeated AS (
    SELECT hash(o.area_level, o.area_code, o.indicator, o.group_code, o.period, o.scenario) AS place
    FROM main.observation AS o
    JOIN main.submission AS s USING (submission_id)
    WHERE s.status = 'accepted'
    GROUP BY place
    HAVING count(*) > 1
)
SELECT
    o.observation_id,
    CASE WHEN row_number() OVER (
        same ORDER BY
            o.hidden, coalesce(t.kind, '') = 'note', s.reference_year DESC NULLS LAST,
            o.half_width, o.submission_id, o.sheet, o.row_number, o.column_number, o.position
    ) = 1 THEN count(*) OVER same ELSE 0 END AS places
FROM main.observation AS o
JOIN main.submission AS s USING (submission_id)
SEMI JOIN repeated
    ON repeated.place
        = hash(o.area_level, o.area_code, o.indicator, o.group_code, o.period, o.scenario)
LEFT JOIN main.source_table AS t USING (submission_id, table_id)
WHERE s.status = 'accepted'
WINDOW same AS (
    PARTITION BY o.area_level, o.area_code, o.indicator, o.group_code, o.period, o.scenario
)
