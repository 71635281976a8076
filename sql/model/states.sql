-- Which state did each model version come to last? A CTE. What was written in the same moment goes by the order of life.
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
                    occurred_at DESC,
                    CASE state
                        WHEN 'requested' THEN 1
                        WHEN 'training' THEN 2
                        WHEN 'ready' THEN 3
                        WHEN 'evaluated' THEN 4
                        WHEN 'dropped' THEN 6
                        ELSE 5
                    END DESC
            ) AS recency
        FROM app.model_events
    ) AS events
    WHERE recency = 1
)
