-- At each threshold of the score: how many of the relevant candidates are above it, how many of the others, and which
-- part of all that are above it is relevant? All pairs of the holdout together; a tie is one step. At most 200 points
-- for each scorer, evenly spread over the pairs.
WITH scores AS (
    SELECT
        scorer,
        COALESCE(score, CAST('-1e300' AS DOUBLE PRECISION)) AS score,
        CAST(COUNT(*) AS DOUBLE PRECISION) AS pairs,
        CAST(SUM(CASE WHEN label >= 0.5 THEN 1 ELSE 0 END) AS DOUBLE PRECISION) AS relevant
    FROM app.holdout_scores
    WHERE judged_for = :judged_for
    GROUP BY scorer, COALESCE(score, CAST('-1e300' AS DOUBLE PRECISION))
),

thresholds AS (
    SELECT
        scorer,
        score,
        SUM(pairs) OVER (PARTITION BY scorer ORDER BY score DESC ROWS UNBOUNDED PRECEDING) AS above,
        SUM(relevant) OVER (PARTITION BY scorer ORDER BY score DESC ROWS UNBOUNDED PRECEDING) AS relevant_above,
        SUM(pairs) OVER (PARTITION BY scorer) AS all_pairs,
        SUM(relevant) OVER (PARTITION BY scorer) AS all_relevant
    FROM scores
),

-- A step is where the count of pairs passes a two-hundredth; the last threshold in it stands for it.
steps AS (
    SELECT
        scorer,
        CEIL(above * 200 / all_pairs) AS step,
        MIN(score) AS threshold,
        MAX(above) AS above,
        MAX(relevant_above) AS relevant_above,
        MAX(all_pairs) AS all_pairs,
        MAX(all_relevant) AS all_relevant
    FROM thresholds
    GROUP BY scorer, CEIL(above * 200 / all_pairs)
)

SELECT
    scorer,
    threshold,
    relevant_above / NULLIF(all_relevant, 0) AS found,
    (above - relevant_above) / NULLIF(all_pairs - all_relevant, 0) AS false_alarms,
    relevant_above / above AS precision_above
FROM steps
ORDER BY scorer, above;
