-- In which order are candidates shown? A CTE, to be spliced in (include) after scored: ranked (posting_key,
-- candidate_key, score, rank).
-- part of: ranked
ranked AS (
    SELECT
        posting_key,
        candidate_key,
        score,
        ROW_NUMBER() OVER (ORDER BY score DESC, candidate_key) AS rank
    FROM scored
)
