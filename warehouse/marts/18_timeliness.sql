-- How long after its year did each report come, and how long until it was accepted?
WITH accepted AS (
    SELECT submission_id, min(known_from) AS accepted_at
    FROM main.submission_spell
    WHERE status = 'accepted'
    GROUP BY ALL
)
SELECT
    s.province_code, s.province_name, s.reference_year, s.submission_id, s.file_name, s.revision,
    s.status AS submission_status, TRY_CAST(s.document_date AS DATE) AS document_date,
    s.received_at, a.accepted_at,
    date_diff('day', make_date(s.reference_year, 12, 31), TRY_CAST(s.document_date AS DATE))
        AS year_end_to_document_days,
    date_diff('day', TRY_CAST(s.document_date AS DATE), CAST(s.received_at AS DATE))
        AS document_to_receipt_days,
    date_diff('day', CAST(s.received_at AS DATE), CAST(a.accepted_at AS DATE))
        AS receipt_to_acceptance_days
FROM main.submission AS s
LEFT JOIN accepted AS a USING (submission_id)
ORDER BY s.province_code, s.reference_year, s.revision, s.submission_id
