-- Who has the highest scores for each of several postings? CTEs to be spliced in (include) after targets (posting_key);
-- end with ranked (posting_key, candidate_key, score, rank).
-- include: features/posting_similarity
,
-- include: matching/retrieved_batch
,
-- include: features/pair_features
,
scored AS (
    SELECT posting_key, candidate_key, {score_function}({features}) AS score
    FROM pair_features
),

ranked AS (
    SELECT
        s.posting_key,
        s.candidate_key,
        LEAST(GREATEST(s.score, 0), 1) AS score,
        ROW_NUMBER() OVER (PARTITION BY s.posting_key ORDER BY s.score DESC, s.candidate_key) AS rank
    FROM scored AS s
)
