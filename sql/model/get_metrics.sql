-- How good was each scorer on the holdout of a version? The latest measurement of each metric.
WITH ranked_metrics AS (
    SELECT m.*, ROW_NUMBER() OVER (PARTITION BY scorer, metric ORDER BY measured_at DESC) AS recency
    FROM app.model_metrics AS m
    WHERE judged_for = :version
)

SELECT scorer, metric, value, low, high, difference, difference_low, difference_high, postings
FROM ranked_metrics
WHERE recency = 1
ORDER BY scorer, metric;
