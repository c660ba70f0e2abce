-- Which figures of the latest revisions does a finding speak of, and what does it say?
SELECT
    s.province_code, s.province_name, s.file_name, s.status AS submission_status, f.finding_id,
    f.rule, f.kind, f.severity, f.status AS finding_status, c.sheet, c.cell, c.typed_text, c.part,
    c.cell = f.culprit_cell AND c.sheet = f.sheet AS is_culprit, o.area_code, o.area_name,
    o.indicator, o.group_code, o.period, o.scenario, o.value, o.unit, f.suggestion,
    f.suggested_value, f.confidence, f.message_vi, f.message_en, f.submission_id, o.observation_id
FROM main.finding AS f
JOIN main.submission AS s USING (submission_id)
JOIN main.finding_cell AS c USING (submission_id, finding_id)
LEFT JOIN main.observation AS o
    ON o.submission_id = c.submission_id AND o.sheet = c.sheet AND o.cell = c.cell
WHERE s.status <> 'superseded'
ORDER BY s.province_code, s.file_name, f.finding_id, c.sheet, c.cell, o.position
