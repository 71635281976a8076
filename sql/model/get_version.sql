-- What does a model version read, what was it made from, and how good was it on its holdout?
WITH ranked_metrics AS (
    SELECT
        scorer,
        metric,
        value,
        postings,
        ROW_NUMBER() OVER (PARTITION BY scorer, metric ORDER BY measured_at DESC) AS recency
    FROM app.model_metrics
    WHERE judged_for = :version
)

SELECT
    v.version,
    v.model_name,
    v.score_function,
    v.features,
    v.data_version,
    v.examples,
    v.holdout_from,
    v.holdout_to,
    v.requested_at,
    m.scorer,
    m.metric,
    m.value,
    m.postings
FROM app.model_versions AS v
LEFT JOIN ranked_metrics AS m ON m.recency = 1
WHERE v.version = :version
ORDER BY m.scorer, m.metric;
