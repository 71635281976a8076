-- Where do candidates come from?
-- part of: choices
SELECT CAST('source' AS VARCHAR(16)) AS kind, MIN(TRIM(source)) AS label, COUNT(*) AS uses
FROM hiring.candidates
WHERE TRIM(source) <> ''
GROUP BY LOWER(TRIM(source))
