-- What each submission adds to the content hash, table by table: a night adds up those of the
-- submissions it did not touch. Who changes a submission's rows removes its sums; `recipe` tells
-- which columns were hashed and how.
CREATE TABLE content_sum (
    table_name VARCHAR NOT NULL,
    recipe VARCHAR NOT NULL,
    submission_id VARCHAR NOT NULL,
    rows BIGINT NOT NULL,
    upper HUGEINT NOT NULL,
    lower HUGEINT NOT NULL
);
