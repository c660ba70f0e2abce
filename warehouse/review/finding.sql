-- What failed or could not be understood, with the guilty cell and the repair where known.
SELECT
    f.finding_id, f.submission_id, s.file_name, f.rule, f.kind, f.severity, f.status, f.sheet,
    f.culprit_cell, f.typed_text, f.suggestion, f.suggested_value, f.confidence, f.expected_low,
    f.expected_high, f.found, f.gap, f.cause_id, f.message_vi, f.message_en, f.first_seen,
    f.score
FROM main.finding AS f
JOIN main.submission AS s USING (submission_id)
