-- For which postings was one candidate put forward, and how far did it go? The latest stage of each, newest first.
SELECT p.posting_id, p.title, p.company, r.stage, r.occurred_at
FROM features.candidate_facts AS c
INNER JOIN features.stages_reached AS r ON c.candidate_key = r.candidate_key
INNER JOIN features.posting_facts AS f ON r.posting_key = f.posting_key
INNER JOIN hiring.postings AS p ON f.posting_id = p.posting_id
WHERE c.candidate_id = :candidate_id
ORDER BY r.occurred_at DESC, p.posting_id;
