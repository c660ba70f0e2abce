-- What did health insurance cost and collect, against plan, per insured person and per visit?
WITH wide AS (
    SELECT
        CASE area_level WHEN 'province' THEN area_code ELSE max(province_code) END AS province_code,
        CASE area_level WHEN 'province' THEN any_value(area_name)
            ELSE arg_max(province_name, province_code)
        END AS province_name,
        area_level, area_code, any_value(area_name) AS area_name,
        period, any_value(year) AS year, scenario, group_code,
        any_value(value) FILTER (indicator = 'bhyt_expenditure_in_province') AS spent,
        any_value(value) FILTER (indicator = 'bhyt_expenditure_incl_out_of_province') AS spent_all,
        any_value(value) FILTER (indicator = 'bhyt_expenditure_vs_plan_pct') AS spent_plan,
        any_value(value) FILTER (indicator = 'bhyt_revenue') AS revenue,
        any_value(value) FILTER (indicator = 'bhyt_revenue_vs_plan_pct') AS revenue_plan,
        any_value(value) FILTER (indicator = 'bhyt_participants') AS participants,
        any_value(value) FILTER (indicator = 'bhyt_visits') AS visits
    FROM mart.figures
    WHERE starts_with(indicator, 'bhyt_')
    GROUP BY area_level, area_code, period, scenario, group_code
)
SELECT
    province_code, province_name, area_level, area_code, area_name, period, year, scenario,
    wide.group_code, g.name_vi AS group_name_vi, g.name_en AS group_name_en,
    TRY_CAST(spent AS BIGINT) AS bhyt_expenditure_in_province_vnd,
    TRY_CAST(spent_all AS BIGINT) AS bhyt_expenditure_incl_out_of_province_vnd,
    TRY_CAST(spent_plan AS DECIMAL(18, 6)) AS bhyt_expenditure_vs_plan_pct,
    TRY_CAST(revenue AS BIGINT) AS bhyt_revenue_vnd,
    TRY_CAST(revenue_plan AS DECIMAL(18, 6)) AS bhyt_revenue_vs_plan_pct,
    TRY_CAST(coalesce(spent_all, spent) / nullif(participants, 0) AS DECIMAL(18, 0))
        AS expenditure_per_participant_vnd,
    TRY_CAST(spent / nullif(visits, 0) AS DECIMAL(18, 0)) AS expenditure_per_visit_vnd
FROM wide
LEFT JOIN mart.groups AS g ON g.code = wide.group_code
WHERE coalesce(spent, spent_all, spent_plan, revenue, revenue_plan) IS NOT NULL
