-- Which places are there to filter by? Cities, regions and countries in one list.
-- part of: choices
SELECT CAST('place' AS VARCHAR(16)) AS kind, MIN(label) AS label, SUM(uses) AS uses
FROM features.value_keys
WHERE kind IN ('city', 'region', 'country')
GROUP BY value
