-- What stewards decided of findings, as of this publication.
SELECT
    decision_id, finding_id, submission_id, action, value, reason, decided_by, decided_at,
    valid_until, sheet, cell, typed_text, meaning, state
FROM main.decision
