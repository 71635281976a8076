-- Who has the highest scores? CTEs and the final SELECT, to be spliced in (include) after pair_features. What a linear
-- model puts below 0 or above 1 is ranked so, and shown as 0 or 1.
scored AS (
    SELECT posting_key, candidate_key, {score_function}({features}) AS score
    FROM pair_features
),

-- include each: ranked

SELECT r.rank, f.candidate_id, LEAST(GREATEST(r.score, 0), 1) AS score
FROM ranked AS r
INNER JOIN features.candidate_facts AS f ON r.candidate_key = f.candidate_key
WHERE r.rank <= :limit
ORDER BY r.rank;
