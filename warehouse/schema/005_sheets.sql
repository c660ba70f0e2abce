-- How each sheet was laid out, so that a steward sees it as the province did.
-- layout: JSON with merges [top, left, bottom, right], widths by column, hidden rows and columns,
-- bold cells [row, column]; all numbers 1-based.
CREATE TABLE sheet (
    submission_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    sheet VARCHAR NOT NULL,
    hidden BOOLEAN NOT NULL,
    layout VARCHAR NOT NULL
);
