-- The cells that each decision was made for, as they were then.
SELECT decision_id, sheet, cell, typed_text, meaning, part, corrected
FROM main.decision_cell
