-- Every instance of a rule that was evaluated, holding or not.
SELECT relation_id, rule, kind, submission_id, status, computed, low, high, found, gap
FROM main.relation
