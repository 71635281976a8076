-- Which candidates are plausible enough to be scored for one posting? CTEs to be spliced in (include) after eligible and
-- posting_similarity.sql; end with pairs (posting_key, candidate_key). Where there are few candidates all are scored.
-- include: match/plausible
,
pairs AS (
    SELECT posting_key, candidate_key
    FROM plausible
    ORDER BY relevance DESC, candidate_key
    LIMIT :pool
)
