-- Which model version is live, since when, what does it read, and how good was it on its holdout?
WITH ranked_deployments AS (
    SELECT version, deployed_at, deployed_by, reason, ROW_NUMBER() OVER (ORDER BY deployed_at DESC, version DESC) AS recency
    FROM app.deployments
),

ranked_metrics AS (
    SELECT m.*, ROW_NUMBER() OVER (PARTITION BY m.version, m.scorer ORDER BY m.measured_at DESC) AS recency
    FROM app.model_metrics AS m
)

SELECT
    v.version,
    v.model_name,
    v.score_function,
    v.features,
    v.data_version,
    v.examples,
    v.positives,
    v.holdout_from,
    v.holdout_to,
    v.requested_at,
    d.deployed_at,
    d.deployed_by,
    d.reason,
    m.scorer,
    m.postings,
    m.auc,
    m.mrr,
    m.ndcg_at_10,
    m.recall_at_10
FROM ranked_deployments AS d
INNER JOIN app.model_versions AS v ON d.version = v.version
LEFT JOIN ranked_metrics AS m ON v.version = m.version AND m.recency = 1
WHERE d.recency = 1
ORDER BY m.scorer;
