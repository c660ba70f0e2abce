-- How does the quality of each province's reports develop, rule by rule?
-- Each submission counts in the month in which it came, superseded ones too: their mistakes were made.
SELECT
    q.province_code, any_value(q.province_name) AS province_name, q.rule,
    any_value(q.kind) AS kind, CAST(date_trunc('month', s.received_at) AS DATE) AS received_month,
    q.reference_year, count(*) AS submissions, CAST(sum(q.relations) AS BIGINT) AS relations,
    CAST(sum(q.fails) AS BIGINT) AS fails, CAST(sum(q.unknown) AS BIGINT) AS unknown,
    TRY_CAST(100 * sum(q.fails) / nullif(sum(q.relations - q.unknown), 0) AS DECIMAL(9, 4))
        AS fails_pct,
    CAST(sum(q.findings) AS BIGINT) AS findings,
    CAST(sum(q.open_findings) AS BIGINT) AS open_findings,
    CAST(sum(q.open_critical_findings) AS BIGINT) AS open_critical_findings
FROM mart.data_quality AS q
JOIN main.submission AS s USING (submission_id)
GROUP BY q.province_code, q.rule, received_month, q.reference_year
ORDER BY q.province_code, q.rule, received_month, q.reference_year
