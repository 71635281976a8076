-- What became of trainings and models since a moment? The latest state of each version, and each change of the live one.
WITH states AS (
    SELECT
        version,
        state,
        CAST(NULL AS VARCHAR(256)) AS username,
        detail,
        occurred_at,
        ROW_NUMBER() OVER (PARTITION BY version ORDER BY occurred_at DESC) AS recency
    FROM app.model_events
    WHERE occurred_at > CAST(:since AS TIMESTAMP)
),

news AS (
    SELECT version, state, username, detail, occurred_at
    FROM states
    WHERE recency = 1 AND state <> 'promoted'
    UNION ALL
    SELECT version, 'live' AS state, deployed_by AS username, reason AS detail, deployed_at AS occurred_at
    FROM app.deployments
    WHERE deployed_at > CAST(:since AS TIMESTAMP)
)

SELECT version, state, username, detail, occurred_at
FROM news
ORDER BY occurred_at DESC, version DESC, state
LIMIT 8;
