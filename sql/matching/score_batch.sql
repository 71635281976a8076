-- How well does each pair of one batch of staging.wanted_pairs match?
WITH pairs AS (
    SELECT DISTINCT p.posting_key, c.candidate_key
    FROM staging.wanted_pairs AS w
    INNER JOIN features.posting_facts AS p ON w.posting_id = p.posting_id
    INNER JOIN features.candidate_facts AS c ON w.candidate_id = c.candidate_id
    WHERE w.batch = :batch
),

targets AS (
    SELECT DISTINCT posting_key
    FROM pairs
),

-- include: features/posting_similarity
,
-- include: features/shared_by_pairs
,
-- include: features/pair_features
,
scored AS (
    SELECT posting_key, candidate_key, {score_function}({features}) AS score
    FROM pair_features
)

SELECT p.posting_id, c.candidate_id, LEAST(GREATEST(s.score, 0), 1) AS score
FROM scored AS s
INNER JOIN features.posting_facts AS p ON s.posting_key = p.posting_key
INNER JOIN features.candidate_facts AS c ON s.candidate_key = c.candidate_key;
