-- What became of every non-empty cell of every submission.
SELECT submission_id, sheet, cell, typed_text, role, why
FROM main.cell
