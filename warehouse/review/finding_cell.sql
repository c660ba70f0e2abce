-- The cells of a finding and the part each plays in it.
SELECT finding_id, sheet, cell, typed_text, part
FROM main.finding_cell
