-- Who has the highest scores? CTEs and the final SELECT, to be spliced in (include) after pair_features and eligible. What a
-- linear model puts below 0 or above 1 is ranked so, and shown as 0 or 1.
scored AS (
    SELECT posting_key, candidate_key, {score_function}({features}) AS score
    FROM pair_features
),

ranked AS (
    SELECT
        s.posting_key,
        s.candidate_key,
        s.score,
        ROW_NUMBER() OVER (
            ORDER BY
                s.score + 0.1 * e.nice_met / GREATEST(CAST(:nice_count AS INTEGER), 1) DESC, s.score DESC, s.candidate_key
        ) AS rank
    FROM scored AS s
    INNER JOIN eligible AS e ON s.candidate_key = e.candidate_key
)

SELECT r.rank, f.candidate_id, LEAST(GREATEST(r.score, 0), 1) AS score
FROM ranked AS r
INNER JOIN features.candidate_facts AS f ON r.candidate_key = f.candidate_key
WHERE r.rank <= :limit
ORDER BY r.rank;
