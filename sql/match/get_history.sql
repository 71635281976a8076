-- For which postings was one candidate put forward, and how far did it go? The latest stage of each, newest first.
WITH listed AS (
    SELECT CAST(:candidate_id AS VARCHAR(64)) AS candidate_id
),

-- include: match/last_stages

SELECT e.posting_id, p.title, p.company, e.stage, e.occurred_at
FROM last_stages AS e
INNER JOIN hiring.postings AS p ON e.posting_id = p.posting_id
WHERE e.recency = 1
ORDER BY e.occurred_at DESC, e.posting_id;
