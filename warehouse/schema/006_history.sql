-- What publications held when, so that the warehouse can be seen as it stood on any day.
-- known_from is the moment (UTC) of the first publication that held it, known_to that of the first
-- that did not; NULL while it holds.
CREATE TABLE submission_spell (
    submission_id VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    known_from TIMESTAMP NOT NULL,
    known_to TIMESTAMP
);

-- Between two moments a figure's value was a steward's.
CREATE TABLE correction_spell (
    observation_id VARCHAR NOT NULL,
    submission_id VARCHAR NOT NULL,
    decision_id VARCHAR NOT NULL,
    value DECIMAL(38, 12) NOT NULL,
    obs_status VARCHAR NOT NULL,
    known_from TIMESTAMP NOT NULL,
    known_to TIMESTAMP
);

-- Which submission took the place of which.
CREATE TABLE supersession (
    submission_id VARCHAR NOT NULL,
    superseded_id VARCHAR NOT NULL
);
