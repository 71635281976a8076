-- Who has the highest scores? CTEs and the final SELECT, to be spliced in (include) after pair_features and eligible.
scored AS (
    SELECT
        f.posting_key,
        f.candidate_key,
        {score_function}({features}) AS score,
        e.nice_met
    FROM pair_features AS f
    INNER JOIN eligible AS e ON f.candidate_key = e.candidate_key
),

ranked AS (
    SELECT
        posting_key,
        candidate_key,
        score,
        ROW_NUMBER() OVER (
            ORDER BY score + 0.1 * nice_met / GREATEST(CAST(:nice_count AS INTEGER), 1) DESC, score DESC, candidate_key
        ) AS rank
    FROM scored
)

SELECT r.rank, f.candidate_id, r.score
FROM ranked AS r
INNER JOIN features.candidate_facts AS f ON r.candidate_key = f.candidate_key
WHERE r.rank <= :limit
ORDER BY r.rank;
