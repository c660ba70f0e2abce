-- Relations with their terms, findings with their cells, and the ledger of nights.
CREATE TABLE relation (
    relation_id VARCHAR NOT NULL,
    submission_id VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    computed DECIMAL(38, 12),
    low DECIMAL(38, 12),
    high DECIMAL(38, 12),
    found DECIMAL(38, 12),
    gap DECIMAL(38, 12),
    improbable BOOLEAN NOT NULL
);

-- part: 'found' is the figure that is tested; 'term', 'count', 'population' ... make the computed value.
CREATE TABLE relation_term (
    relation_id VARCHAR NOT NULL,
    submission_id VARCHAR NOT NULL,
    observation_id VARCHAR NOT NULL,
    part VARCHAR NOT NULL,
    coefficient DECIMAL(18, 6) NOT NULL
);

CREATE TABLE finding (
    finding_id VARCHAR NOT NULL,
    submission_id VARCHAR NOT NULL,
    relation_id VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    severity VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    culprit_cell VARCHAR NOT NULL,
    typed_text VARCHAR NOT NULL,
    suggestion VARCHAR NOT NULL,
    suggested_value DECIMAL(38, 12),
    confidence DOUBLE,
    expected_low DECIMAL(38, 12),
    expected_high DECIMAL(38, 12),
    found DECIMAL(38, 12),
    gap DECIMAL(38, 12),
    cause_id VARCHAR NOT NULL,
    message_vi VARCHAR NOT NULL,
    message_en VARCHAR NOT NULL,
    first_seen TIMESTAMP NOT NULL
);

CREATE TABLE finding_cell (
    finding_id VARCHAR NOT NULL,
    submission_id VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    typed_text VARCHAR NOT NULL,
    part VARCHAR NOT NULL
);

-- One row a night: what it saw and how it ended; written when the night ends.
CREATE TABLE night (
    night_id VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    state VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    received INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    quarantined INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    content_hash VARCHAR NOT NULL
);
