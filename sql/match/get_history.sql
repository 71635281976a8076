-- For which postings was one candidate put forward, and how far did it go? The furthest stage of each, newest first.
WITH ranked_events AS (
    SELECT
        i.posting_id,
        i.stage,
        i.occurred_at,
        ROW_NUMBER() OVER (PARTITION BY i.posting_id ORDER BY i.occurred_at DESC, s.stage_order DESC) AS recency
    FROM hiring.interactions AS i
    INNER JOIN hiring.stages AS s ON i.stage = s.stage
    WHERE i.candidate_id = :candidate_id
)

SELECT e.posting_id, p.title, p.company, e.stage, e.occurred_at
FROM ranked_events AS e
INNER JOIN hiring.postings AS p ON e.posting_id = p.posting_id
WHERE e.recency = 1
ORDER BY e.occurred_at DESC, e.posting_id;
