-- Which posting and which candidate is behind each pair of the holdout?
INSERT INTO training.holdout_pairs (posting_key, candidate_key, posting_id, candidate_id)
SELECT e.posting_key, e.candidate_key, p.posting_id, c.candidate_id
FROM training.examples AS e
INNER JOIN features.posting_facts AS p ON e.posting_key = p.posting_key
INNER JOIN features.candidate_facts AS c ON e.candidate_key = c.candidate_key
WHERE e.is_holdout;
