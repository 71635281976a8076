-- Which model version is live, since when, what does it read, and how good was it on its holdout?
WITH ranked_deployments AS (
    SELECT version, deployed_at, deployed_by, reason, ROW_NUMBER() OVER (ORDER BY deployed_at DESC, version DESC) AS recency
    FROM app.deployments
),

ranked_metrics AS (
    SELECT
        judged_for,
        scorer,
        metric,
        value,
        postings,
        ROW_NUMBER() OVER (PARTITION BY judged_for, scorer, metric ORDER BY measured_at DESC) AS recency
    FROM app.model_metrics
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
FROM ranked_deployments AS d
INNER JOIN app.model_versions AS v ON d.version = v.version
LEFT JOIN ranked_metrics AS m ON v.version = m.judged_for AND m.recency = 1
WHERE d.recency = 1
ORDER BY m.scorer, m.metric;
