-- Which number does the next model version get?
WITH used_versions AS (
    SELECT version
    FROM app.model_versions
    UNION
    SELECT version
    FROM app.training_requests
)

SELECT COALESCE(MAX(version), 0) + 1 AS next_version
FROM used_versions;
