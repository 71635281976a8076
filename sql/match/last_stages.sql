-- For which postings were the candidates of listed put forward, and how far did it go? CTEs, to be spliced in (include)
-- after listed (candidate_id); end with last_stages: the rows with recency 1 are the latest of each posting.
last_stages AS (
    SELECT
        i.candidate_id,
        i.posting_id,
        i.stage,
        i.occurred_at,
        ROW_NUMBER() OVER (
            PARTITION BY i.candidate_id, i.posting_id
            ORDER BY i.occurred_at DESC, s.stage_order DESC
        ) AS recency
    FROM hiring.interactions AS i
    INNER JOIN listed AS l ON i.candidate_id = l.candidate_id
    INNER JOIN hiring.stages AS s ON i.stage = s.stage
)
