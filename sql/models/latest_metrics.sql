-- How good was each scorer on the holdout of each version? A CTE to be spliced in (include): the latest measurement of
-- each metric.
latest_metrics AS (
    SELECT judged_for, scorer, metric, value, low, high, difference, difference_low, difference_high, postings
    FROM (
        SELECT m.*, ROW_NUMBER() OVER (PARTITION BY m.judged_for, m.scorer, m.metric ORDER BY m.measured_at DESC) AS recency
        FROM app.model_metrics AS m
    ) AS measurements
    WHERE recency = 1
)
