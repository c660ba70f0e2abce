-- What was planned for each area and period, and what came of it?
SELECT
    plan.province_code, plan.province_name, plan.area_level, plan.area_code, plan.area_name,
    plan.indicator, i.name_vi AS indicator_name_vi, i.name_en AS indicator_name_en,
    plan.group_code, plan.period, plan.year, plan.unit, plan.value AS plan_value,
    actual.value AS actual_value, actual.value - plan.value AS difference_value,
    TRY_CAST(100 * actual.value / nullif(plan.value, 0) AS DECIMAL(18, 4)) AS achieved_pct,
    plan.file_name AS plan_file_name, plan.sheet AS plan_sheet, plan.cell AS plan_cell,
    actual.file_name AS actual_file_name, actual.sheet AS actual_sheet, actual.cell AS actual_cell
FROM mart.figures AS plan
LEFT JOIN mart.figures AS actual
    ON actual.scenario = 'actual' AND actual.area_level = plan.area_level
    AND actual.area_code = plan.area_code AND actual.indicator = plan.indicator
    AND actual.group_code = plan.group_code AND actual.period = plan.period
LEFT JOIN mart.indicators AS i ON i.code = plan.indicator
WHERE plan.scenario = 'plan'
