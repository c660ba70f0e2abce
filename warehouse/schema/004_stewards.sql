-- What stewards decided, as last applied: a copy of the append-only ledger beside the warehouse,
-- with the finding that each decision stands for now and whether it still counts.
-- status: 'active', or why it no longer counts: 'undone', 'expired', 'lapsed', 'unmatched'.
DROP TABLE decision;

CREATE TABLE decision (
    decision_id VARCHAR NOT NULL,
    finding_id VARCHAR NOT NULL,
    submission_id VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    who VARCHAR NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    reason VARCHAR NOT NULL,
    until DATE,
    value DECIMAL(38, 12),
    typed_figure VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    why_vi VARCHAR NOT NULL,
    why_en VARCHAR NOT NULL
);

-- The cells a decision was made for, as they were then.
CREATE TABLE decision_cell (
    decision_id VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    typed_text VARCHAR NOT NULL,
    meaning VARCHAR NOT NULL,
    part VARCHAR NOT NULL,
    corrected BOOLEAN NOT NULL
);

-- The figures whose value is a steward's now, with what they were before.
CREATE TABLE correction (
    observation_id VARCHAR NOT NULL,
    submission_id VARCHAR NOT NULL,
    decision_id VARCHAR NOT NULL,
    value_before DECIMAL(38, 12) NOT NULL,
    obs_status_before VARCHAR NOT NULL
);
