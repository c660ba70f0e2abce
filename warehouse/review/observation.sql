-- Every figure of the latest revisions, whatever their status.
SELECT
    o.observation_id, o.submission_id, s.file_name, t.title AS table_title, o.sheet, o.cell,
    o.typed_text, o.area_code, o.area_name, o.area_level, o.indicator, o.group_code, o.period,
    o.scenario, o.value, o.value_literal, o.unit, o.unit_printed, o.decimals, o.half_width,
    o.obs_status
FROM main.observation AS o
JOIN main.submission AS s USING (submission_id)
LEFT JOIN main.source_table AS t USING (submission_id, table_id)
WHERE s.status <> 'superseded'
