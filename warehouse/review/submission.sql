-- Every file as received, with its revision and status.
SELECT
    submission_id, sha256, file_name, province_code, province_name, title, reference_year,
    received_at, revision, status, reason
FROM main.submission
