-- The figures that a relation is made of.
SELECT relation_id, submission_id, observation_id, part, coefficient
FROM main.relation_term
