-- How many facilities treat insured people, by tier and owner?
SELECT
    f.province_code, f.province_name, f.area_level, f.area_code, f.area_name, f.period, f.year,
    f.scenario, f.group_code, g.name_vi AS group_name_vi, g.name_en AS group_name_en,
    TRY_CAST(f.value AS BIGINT) AS bhyt_facilities
FROM mart.figures AS f
LEFT JOIN mart.groups AS g ON g.code = f.group_code
WHERE f.indicator = 'bhyt_facilities'
