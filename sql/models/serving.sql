-- Which model version is live, and which one serves a share of the postings beside it? A list of CTEs to be spliced in
-- (include). Ends with serving: one row, none before the first deployment. A share ends with the next deployment.
ranked_deployments AS (
    SELECT version, deployed_at, deployed_by, reason, ROW_NUMBER() OVER (ORDER BY deployed_at DESC, version DESC) AS recency
    FROM app.deployments
),

ranked_shares AS (
    SELECT version, share, set_at, ROW_NUMBER() OVER (ORDER BY set_at DESC) AS recency
    FROM app.model_shares
),

serving AS (
    SELECT
        d.recency,
        d.version AS live_version,
        d.deployed_at,
        d.deployed_by,
        d.reason,
        s.version AS challenger_version,
        s.share,
        s.set_at
    FROM ranked_deployments AS d
    LEFT JOIN ranked_shares AS s
        ON s.recency = 1 AND d.deployed_at < s.set_at AND s.share > 0 AND d.version <> s.version
    WHERE d.recency = 1
)
