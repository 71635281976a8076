-- What does the trial model say: numbers between 0 and 1 or classes, and anything at all where values are missing?
WITH scored AS (
    SELECT label, {score_function}(a, b) AS score, {score_function}(CAST(NULL AS REAL), CAST(NULL AS REAL)) AS empty_score
    FROM {stored}
)

SELECT
    COUNT(DISTINCT score) AS different_scores,
    MIN(score) AS lowest,
    MAX(score) AS highest,
    AVG(CAST(CASE WHEN (score >= 0.5) = (label >= 0.5) THEN 1 ELSE 0 END AS DOUBLE PRECISION)) AS share_right,
    MAX(empty_score) AS empty_score
FROM scored;
