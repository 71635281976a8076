-- In which order does each scorer put the candidates of each posting of a holdout? A list of CTEs to be spliced in
-- (include). Ends with ties: one row per scorer, posting and place, of postings that have somebody relevant (label 0.5 or
-- more). Candidates with the same score share their places: each counts as the mean of them, gain (McSherry & Najork
-- 2008). Who has no score comes last.
judged AS (
    SELECT
        scorer,
        posting_id,
        candidate_id,
        COALESCE(score, CAST('-1e300' AS DOUBLE PRECISION)) AS score,
        CAST(CASE WHEN label >= 0.5 THEN 1 ELSE 0 END AS DOUBLE PRECISION) AS relevant
    FROM app.holdout_scores
    WHERE judged_for = :judged_for
),

places AS (
    SELECT
        scorer,
        posting_id,
        candidate_id,
        score,
        relevant,
        ROW_NUMBER() OVER (PARTITION BY scorer, posting_id ORDER BY score DESC, candidate_id) AS place,
        RANK() OVER (PARTITION BY scorer, posting_id ORDER BY score DESC) - 1 AS ahead,
        COUNT(*) OVER (PARTITION BY scorer, posting_id, score) AS tied,
        SUM(relevant) OVER (PARTITION BY scorer, posting_id, score) AS tied_relevant,
        SUM(relevant) OVER (PARTITION BY scorer, posting_id) AS all_relevant,
        COUNT(*) OVER (PARTITION BY scorer, posting_id) AS listed,
        SUM(relevant)
            OVER (PARTITION BY scorer, posting_id ORDER BY score DESC, candidate_id ROWS UNBOUNDED PRECEDING)
        AS relevant_so_far
    FROM judged
),

ties AS (
    SELECT
        scorer,
        posting_id,
        candidate_id,
        relevant,
        place,
        ahead,
        tied,
        tied_relevant,
        all_relevant,
        listed,
        tied_relevant / tied AS gain,
        LN(2) / LN(place + 1) AS discount,
        MIN(relevant_so_far - relevant) OVER (PARTITION BY scorer, posting_id, score) AS relevant_ahead
    FROM places
    WHERE all_relevant > 0
)
