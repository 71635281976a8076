-- Of the candidates that get a score in each tenth, how many were relevant, and what did the scores say? Models only. What a
-- linear model puts below 0 or above 1 counts as 0 or 1, as in the metrics.
WITH judged AS (
    SELECT
        scorer,
        LEAST(GREATEST(score, 0), 1) AS score,
        CASE WHEN label >= 0.5 THEN 1 ELSE 0 END AS relevant
    FROM app.holdout_scores
    WHERE judged_for = :judged_for AND LEFT(scorer, 7) = 'match_v' AND score IS NOT NULL
)

SELECT
    scorer,
    LEAST(CAST(FLOOR(score * 10) AS INTEGER), 9) AS tenth,
    COUNT(*) AS candidates,
    SUM(relevant) AS relevant,
    AVG(score) AS mean_score,
    AVG(CAST(relevant AS DOUBLE PRECISION)) AS relevant_share
FROM judged
GROUP BY scorer, LEAST(CAST(FLOOR(score * 10) AS INTEGER), 9)
ORDER BY scorer, tenth;
