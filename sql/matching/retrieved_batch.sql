-- Which candidates are plausible enough to be scored for each of several postings? The same as retrieved_pairs.sql,
-- posting by posting.
-- include: matching/eligible_everybody
,
-- include: matching/plausible
,
ranked_plausible AS (
    SELECT
        plausible.*,
        ROW_NUMBER() OVER (PARTITION BY posting_key ORDER BY relevance DESC, candidate_key) AS plausible_rank
    FROM plausible
),

pair_signs AS (
    SELECT *
    FROM ranked_plausible
    WHERE plausible_rank <= :pool
),

pairs AS (
    SELECT posting_key, candidate_key
    FROM pair_signs
)
