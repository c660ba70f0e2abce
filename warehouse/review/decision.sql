-- What stewards decided of findings, and whether each decision still counts.
SELECT
    decision_id, finding_id, submission_id, rule, action, who, decided_at, reason, until, value,
    typed_figure, status, why_vi, why_en
FROM main.decision
