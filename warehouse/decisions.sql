-- The ledger of decisions: lines are added, never changed.
CREATE TABLE IF NOT EXISTS decision (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    decision_id TEXT NOT NULL UNIQUE,
    finding_id TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    series TEXT NOT NULL,
    matter TEXT NOT NULL,
    rule TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('accept', 'correct', 'return', 'undo')),
    who TEXT NOT NULL CHECK (who <> ''),
    decided_at TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    until TEXT,
    value TEXT,
    typed_figure TEXT NOT NULL,
    undoes TEXT NOT NULL,
    CHECK ((action = 'undo') = (undoes <> '')),
    CHECK ((action = 'correct') = (value IS NOT NULL))
);
CREATE TABLE IF NOT EXISTS decision_cell (
    decision_id TEXT NOT NULL REFERENCES decision (decision_id),
    place INTEGER NOT NULL,
    sheet TEXT NOT NULL,
    cell TEXT NOT NULL,
    typed_text TEXT NOT NULL,
    meaning TEXT NOT NULL,
    part TEXT NOT NULL,
    corrected INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS decision_by_matter ON decision (matter);
CREATE UNIQUE INDEX IF NOT EXISTS decision_undone_once ON decision (undoes) WHERE undoes <> '';
CREATE INDEX IF NOT EXISTS decision_cell_by_decision ON decision_cell (decision_id);
CREATE TRIGGER IF NOT EXISTS decision_stays BEFORE UPDATE ON decision
BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END;
CREATE TRIGGER IF NOT EXISTS decision_remains BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, 'decisions are never removed'); END;
CREATE TRIGGER IF NOT EXISTS decision_cell_stays BEFORE UPDATE ON decision_cell
BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END;
CREATE TRIGGER IF NOT EXISTS decision_cell_remains BEFORE DELETE ON decision_cell
BEGIN SELECT RAISE(ABORT, 'decisions are never removed'); END;
