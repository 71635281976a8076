-- Which state did each model version come to last? A CTE. What has failed, or was stopped, stays so whatever a step that was
-- under way writes afterwards. What was written in the same moment goes by the order of life.
states AS (
    SELECT version, state, detail, occurred_at
    FROM (
        SELECT
            version,
            state,
            detail,
            occurred_at,
            ROW_NUMBER() OVER (
                PARTITION BY version
                ORDER BY
                    CASE state WHEN 'dropped' THEN 2 WHEN 'failed' THEN 1 ELSE 0 END DESC,
                    occurred_at DESC,
                    CASE state
                        WHEN 'requested' THEN 1
                        WHEN 'training' THEN 2
                        WHEN 'ready' THEN 3
                        WHEN 'evaluated' THEN 4
                        ELSE 5
                    END DESC
            ) AS recency
        FROM app.model_events
    ) AS events
    WHERE recency = 1
)
