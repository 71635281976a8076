-- Which candidates are plausible enough to be scored for one posting? CTEs to be spliced in (include) after eligible and
-- posting_similarity.sql; end with pair_signs and pairs. Where there are few candidates all are scored.
-- include: matching/plausible
,
pair_signs AS (
    SELECT *
    FROM plausible
    ORDER BY relevance DESC, candidate_key
    LIMIT :pool
),

pairs AS (
    SELECT posting_key, candidate_key
    FROM pair_signs
)
