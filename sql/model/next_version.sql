-- Which number does the next model version get?
SELECT COALESCE(MAX(version), 0) + 1 AS version
FROM app.model_versions;
