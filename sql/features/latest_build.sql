-- For which data were the features made, by which statements, and what is the latest data? Nothing before the first load.
WITH latest_load AS (
    SELECT MAX(data_version) AS data_version
    FROM app.data_loads
),

ranked_builds AS (
    SELECT data_version, made_by, ROW_NUMBER() OVER (ORDER BY built_at DESC, data_version DESC) AS recency
    FROM app.feature_builds
)

SELECT l.data_version AS loaded_version, b.data_version AS made_for, b.made_by
FROM latest_load AS l
LEFT JOIN ranked_builds AS b ON b.recency = 1
WHERE l.data_version IS NOT NULL;
