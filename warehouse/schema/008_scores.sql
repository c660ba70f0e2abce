-- How much hangs on a finding, in people: how far outside the allowed figures × people affected.
-- NULL for what could not be read: nobody knows what hangs on it.
ALTER TABLE finding ADD COLUMN score DOUBLE;
