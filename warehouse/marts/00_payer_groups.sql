-- Which groups pay for health insurance under which version of the law?
SELECT
    law.code AS law_code, law.name_vi AS law_name_vi, law.name_en AS law_name_en,
    g.code AS group_code, g.name_vi AS group_name_vi, g.name_en AS group_name_en,
    g.parent AS parent_group_code,
    greatest(law.valid_from, coalesce(g.valid_from, law.valid_from)) AS valid_from,
    least(law.valid_to, g.valid_to) AS valid_to
FROM mart.groups AS g
JOIN mart.groups AS payer
    ON payer.partition = 'payer' AND (g.code = payer.code OR starts_with(g.code, payer.code || '/'))
JOIN mart.laws AS law
    ON coalesce(payer.valid_from < law.valid_to, true)
    AND coalesce(g.valid_from < law.valid_to, true)
    AND coalesce(payer.valid_to > law.valid_from, true)
    AND coalesce(g.valid_to > law.valid_from, true)
ORDER BY law.valid_from, g.code
