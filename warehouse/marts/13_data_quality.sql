-- How well do each submission's figures obey each rule?
WITH judged AS (
    SELECT
        submission_id, rule, any_value(kind) AS kind, count(*) AS relations,
        count(*) FILTER (status = 'holds') AS holds,
        count(*) FILTER (status = 'rounding') AS holds_by_rounding,
        count(*) FILTER (status = 'fails') AS fails,
        count(*) FILTER (status = 'unknown') AS unknown
    FROM main.relation
    GROUP BY ALL
),
found AS (
    SELECT
        submission_id, rule, any_value(kind) AS kind, count(*) AS findings,
        count(*) FILTER (status = 'open') AS open_findings,
        count(*) FILTER (status = 'open' AND severity = 'critical') AS open_critical_findings
    FROM main.finding
    GROUP BY ALL
)
SELECT
    s.province_code, s.province_name, s.reference_year, submission_id, s.file_name, s.revision,
    s.status AS submission_status, rule, coalesce(judged.kind, found.kind) AS kind,
    coalesce(relations, 0) AS relations, coalesce(holds, 0) AS holds,
    coalesce(holds_by_rounding, 0) AS holds_by_rounding, coalesce(fails, 0) AS fails,
    coalesce(unknown, 0) AS unknown,
    TRY_CAST(100 * fails / nullif(relations - unknown, 0) AS DECIMAL(9, 4)) AS fails_pct,
    coalesce(findings, 0) AS findings, coalesce(open_findings, 0) AS open_findings,
    coalesce(open_critical_findings, 0) AS open_critical_findings
FROM judged
FULL JOIN found USING (submission_id, rule)
JOIN main.submission AS s USING (submission_id)
ORDER BY s.province_code, s.reference_year, submission_id, rule
