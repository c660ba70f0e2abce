-- Which documents did the provinces issue? They carry no figures, so every status is here.
SELECT
    s.province_code, s.province_name, d.section, d.ordinal, d.issuer,
    d.number AS document_number, d.issued_on, d.title AS document_title, d.remark,
    d.submission_id, s.file_name, s.status AS submission_status, d.sheet, d.row_number
FROM main.document AS d
JOIN main.submission AS s USING (submission_id)
WHERE s.status <> 'superseded'
ORDER BY s.province_code, s.file_name, d.sheet, d.row_number
