-- How good is each scorer on the holdout of each version? The latest measurement of each metric, with the holdout's time.
WITH ranked_metrics AS (
    SELECT
        m.judged_for,
        m.scorer,
        m.metric,
        m.value,
        m.low,
        m.high,
        m.difference,
        m.difference_low,
        m.difference_high,
        m.postings,
        ROW_NUMBER() OVER (PARTITION BY m.judged_for, m.scorer, m.metric ORDER BY m.measured_at DESC) AS recency
    FROM app.model_metrics AS m
)

SELECT
    r.judged_for,
    r.scorer,
    r.metric,
    r.value,
    r.low,
    r.high,
    r.difference,
    r.difference_low,
    r.difference_high,
    r.postings,
    v.requested_at,
    v.holdout_from,
    v.holdout_to
FROM ranked_metrics AS r
INNER JOIN app.model_versions AS v ON r.judged_for = v.version
WHERE r.recency = 1
ORDER BY r.judged_for, r.scorer, r.metric;
