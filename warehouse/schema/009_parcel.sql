-- When the figures of each province and year last changed: the moment of the publication that
-- brought it. Parquet files of other parcels are taken over from the publication before.
CREATE TABLE parcel (
    province_code VARCHAR NOT NULL,
    year INTEGER,
    changed_at TIMESTAMP NOT NULL
);
