-- How far are a model's scores from what came to pass? Per posting and tenth of the score: how many candidates, the
-- sum of their scores, how many were relevant, and the sums of log loss and squared error (Brier 1950). Models only: what
-- the baselines give is no probability. Scores are kept off 0 and 1 by the smallest step of a double. The gaps by tenth make
-- the expected calibration error (Naeini, Cooper & Hauskrecht 2015).
WITH judged AS (
    SELECT
        scorer,
        posting_id,
        CAST(CASE WHEN label >= 0.5 THEN 1 ELSE 0 END AS DOUBLE PRECISION) AS relevant,
        LEAST(
            GREATEST(COALESCE(score, 0), CAST('2.220446049250313e-16' AS DOUBLE PRECISION)),
            1 - CAST('2.220446049250313e-16' AS DOUBLE PRECISION)
        ) AS score
    FROM app.holdout_scores
    WHERE judged_for = :judged_for AND LEFT(scorer, 7) = 'match_v'
)

SELECT
    scorer,
    posting_id,
    CAST(FLOOR(score * 10) AS INTEGER) AS tenth,
    COUNT(*) AS candidates,
    SUM(score) AS score_sum,
    SUM(relevant) AS relevant_sum,
    SUM(-relevant * LN(score) - (1 - relevant) * LN(1 - score)) AS log_loss_sum,
    SUM((score - relevant) * (score - relevant)) AS squared_error_sum
FROM judged
GROUP BY scorer, posting_id, CAST(FLOOR(score * 10) AS INTEGER)
ORDER BY scorer, posting_id, tenth;
