-- Which periods do the figures speak of, and when does each begin and end?
WITH named AS (
    SELECT DISTINCT period FROM main.observation
),
parts AS (
    SELECT
        period, TRY_CAST(period[:4] AS INTEGER) AS year,
        CASE WHEN regexp_full_match(period, '[12][0-9]{3}') THEN 'year'
            WHEN regexp_full_match(period, '[12][0-9]{3}-Q[1-4]') THEN 'quarter'
            WHEN regexp_full_match(period, '[12][0-9]{3}-[01][0-9]') THEN 'month'
            WHEN regexp_full_match(period, '[12][0-9]{3}-[01][0-9]-[0-3][0-9]') THEN 'day'
        END AS period_kind
    FROM named
),
begun AS (
    SELECT
        *, CASE period_kind
            WHEN 'year' THEN TRY_CAST(period || '-01-01' AS DATE)
            WHEN 'quarter' THEN make_date(year, 3 * CAST(period[7:] AS INTEGER) - 2, 1)
            WHEN 'month' THEN TRY_CAST(period || '-01' AS DATE)
            WHEN 'day' THEN TRY_CAST(period AS DATE)
        END AS start_date
    FROM parts
)
SELECT
    period, period_kind, year, start_date,
    CAST(start_date + CASE period_kind
        WHEN 'year' THEN INTERVAL 1 YEAR WHEN 'quarter' THEN INTERVAL 3 MONTH
        WHEN 'month' THEN INTERVAL 1 MONTH WHEN 'day' THEN INTERVAL 1 DAY
    END - INTERVAL 1 DAY AS DATE) AS end_date
FROM begun
ORDER BY period
