-- Submissions as received, their tables, cells, observations and documents.
-- No primary keys, foreign keys or indexes: uniqueness is checked in the load transaction.
CREATE TABLE submission (
    submission_id VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    file_type VARCHAR NOT NULL,
    reporter VARCHAR NOT NULL,
    province_code VARCHAR NOT NULL,
    province_name VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    reference_year INTEGER,
    document_number VARCHAR NOT NULL,
    document_date VARCHAR NOT NULL,
    received_at TIMESTAMP NOT NULL,
    revision INTEGER NOT NULL,
    status VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    reason_vi VARCHAR NOT NULL,
    reason_en VARCHAR NOT NULL
);

CREATE TABLE source_table (
    table_id VARCHAR NOT NULL,
    submission_id VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    first_cell VARCHAR NOT NULL,
    last_cell VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    unit_text VARCHAR NOT NULL,
    number_style VARCHAR NOT NULL,
    hidden BOOLEAN NOT NULL
);

CREATE TABLE cell (
    submission_id VARCHAR NOT NULL,
    table_id VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    row_number INTEGER NOT NULL,
    column_number INTEGER NOT NULL,
    typed_text VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    why VARCHAR NOT NULL
);

-- `value` is the figure that decides checks: value_literal until a decision corrects it.
CREATE TABLE observation (
    observation_id VARCHAR NOT NULL,
    submission_id VARCHAR NOT NULL,
    table_id VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    row_number INTEGER NOT NULL,
    column_number INTEGER NOT NULL,
    position INTEGER NOT NULL,
    typed_text VARCHAR NOT NULL,
    area_code VARCHAR NOT NULL,
    area_name VARCHAR NOT NULL,
    area_level VARCHAR NOT NULL,
    indicator VARCHAR NOT NULL,
    group_code VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    scenario VARCHAR NOT NULL,
    value DECIMAL(38, 12) NOT NULL,
    value_literal DECIMAL(38, 12) NOT NULL,
    unit VARCHAR NOT NULL,
    unit_printed VARCHAR NOT NULL,
    decimals INTEGER NOT NULL,
    half_width DECIMAL(38, 12) NOT NULL,
    obs_status VARCHAR NOT NULL,
    header_path VARCHAR NOT NULL,
    label_path VARCHAR NOT NULL,
    match_score DOUBLE NOT NULL,
    hidden BOOLEAN NOT NULL
);

CREATE TABLE document (
    submission_id VARCHAR NOT NULL,
    table_id VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    row_number INTEGER NOT NULL,
    section VARCHAR NOT NULL,
    ordinal VARCHAR NOT NULL,
    issuer VARCHAR NOT NULL,
    number VARCHAR NOT NULL,
    issued_on VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    remark VARCHAR NOT NULL
);
