-- Of the candidates that get a score in each tenth, how many were relevant, and what did the scores say? Models only.
SELECT
    scorer,
    LEAST(CAST(FLOOR(score * 10) AS INTEGER), 9) AS tenth,
    COUNT(*) AS candidates,
    SUM(CASE WHEN label >= 0.5 THEN 1 ELSE 0 END) AS relevant,
    AVG(score) AS mean_score,
    AVG(CAST(CASE WHEN label >= 0.5 THEN 1 ELSE 0 END AS DOUBLE PRECISION)) AS relevant_share
FROM app.holdout_scores
WHERE judged_for = :judged_for AND LEFT(scorer, 7) = 'match_v' AND score >= 0 AND score <= 1
GROUP BY scorer, LEAST(CAST(FLOOR(score * 10) AS INTEGER), 9)
ORDER BY scorer, tenth;
