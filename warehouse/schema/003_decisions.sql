-- What stewards decided, as of the last night: a copy of the append-only ledger beside the warehouse.
-- state: 'active', or why it no longer counts ('undone', 'expired', 'lapsed', 'unmatched').
CREATE TABLE decision (
    decision_id VARCHAR NOT NULL,
    finding_id VARCHAR NOT NULL,
    submission_id VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    value DECIMAL(38, 12),
    reason VARCHAR NOT NULL,
    decided_by VARCHAR NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    valid_until DATE,
    sheet VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    typed_text VARCHAR NOT NULL,
    meaning VARCHAR NOT NULL,
    state VARCHAR NOT NULL
);
