-- Where do candidates come from?
-- part of: choices
SELECT CAST('source' AS VARCHAR(16)) AS kind, MIN(label) AS label, SUM(uses) AS uses
FROM (
    SELECT label, uses, {folded label} AS value
    FROM (SELECT TRIM(source) AS label, COUNT(*) AS uses FROM hiring.candidates GROUP BY TRIM(source)) AS spellings
) AS folded
WHERE value <> ''
GROUP BY value
