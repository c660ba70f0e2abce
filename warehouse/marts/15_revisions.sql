-- What did provinces and stewards change after the first report: old figure, new figure, why?
WITH chosen AS (
    SELECT o.*, s.file_name
    FROM main.observation AS o
    JOIN main.submission AS s USING (submission_id)
    WHERE o.submission_id IN (
        SELECT submission_id FROM main.supersession
        UNION SELECT superseded_id FROM main.supersession
    )
    QUALIFY row_number() OVER (
        PARTITION BY o.submission_id, o.area_level, o.area_code, o.indicator, o.group_code,
            o.period, o.scenario
        ORDER BY o.hidden, o.half_width, o.sheet, o.row_number, o.column_number, o.position
    ) = 1
),
earlier AS (
    SELECT c.* REPLACE (p.submission_id AS submission_id)
    FROM main.supersession AS p
    JOIN chosen AS c ON c.submission_id = p.superseded_id
),
later AS (
    SELECT c.* FROM main.supersession AS p JOIN chosen AS c USING (submission_id)
),
returned AS (
    SELECT submission_id, string_agg(reason, '; ' ORDER BY decided_at, decision_id) AS reason
    FROM main.decision
    WHERE action = 'return'
    GROUP BY ALL
),
resubmitted AS (
    SELECT
        submission_id, area_level, area_code, coalesce(n.area_name, o.area_name) AS area_name,
        indicator, group_code, period, scenario,
        CASE WHEN o.sheet IS NULL THEN 'added' WHEN n.sheet IS NULL THEN 'removed' ELSE 'changed'
        END AS change,
        o.value_literal AS old_value, n.value_literal AS new_value,
        coalesce(n.unit, o.unit) AS unit, o.file_name AS old_file_name,
        n.file_name AS new_file_name, o.sheet AS old_sheet, o.cell AS old_cell,
        o.typed_text AS old_typed_text, n.sheet AS new_sheet, n.cell AS new_cell,
        n.typed_text AS new_typed_text
    FROM earlier AS o
    FULL JOIN later AS n
        USING (submission_id, area_level, area_code, indicator, group_code, period, scenario)
    WHERE o.value_literal IS DISTINCT FROM n.value_literal
),
corrected AS (
    SELECT
        o.submission_id, o.area_level, o.area_code, o.area_name, o.indicator, o.group_code,
        o.period, o.scenario, 'corrected' AS change, c.value_before AS old_value,
        o.value AS new_value, o.unit, s.file_name AS old_file_name, s.file_name AS new_file_name,
        o.sheet AS old_sheet, o.cell AS old_cell, o.typed_text AS old_typed_text,
        o.sheet AS new_sheet, o.cell AS new_cell, d.typed_figure AS new_typed_text,
        d.reason, d.who AS changed_by, d.decided_at AS changed_at, d.decision_id
    FROM main.correction AS c
    JOIN main.observation AS o USING (submission_id, observation_id)
    JOIN main.submission AS s USING (submission_id)
    LEFT JOIN main.decision AS d ON d.decision_id = c.decision_id
),
revised AS (
    SELECT
        r.*,
        coalesce(back.reason, 'revision ' || s.revision || ' took the place of ' || (s.revision - 1))
            AS reason,
        s.reporter AS changed_by, s.received_at AS changed_at,
        CAST(NULL AS VARCHAR) AS decision_id
    FROM resubmitted AS r
    JOIN main.submission AS s USING (submission_id)
    JOIN main.supersession AS p USING (submission_id)
    LEFT JOIN returned AS back ON back.submission_id = p.superseded_id
    UNION ALL BY NAME
    SELECT * FROM corrected
)
SELECT
    s.province_code, s.province_name, b.area_level, b.area_code, b.area_name, b.indicator,
    b.group_code, b.period, b.scenario, b.change, b.old_value, b.new_value,
    b.new_value - b.old_value AS change_value,
    TRY_CAST(100 * (b.new_value - b.old_value) / nullif(b.old_value, 0) AS DECIMAL(18, 4))
        AS change_pct,
    b.unit, b.reason, b.changed_by, b.changed_at, b.decision_id, s.revision,
    s.status AS submission_status, b.submission_id, b.old_file_name, b.new_file_name, b.old_sheet,
    b.old_cell, b.old_typed_text, b.new_sheet, b.new_cell, b.new_typed_text
FROM revised AS b
JOIN main.submission AS s USING (submission_id)
ORDER BY b.changed_at, s.province_code, b.area_level, b.area_code, b.indicator, b.group_code,
    b.period, b.scenario
