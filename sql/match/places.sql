-- Which places are there to choose from, the most used first? Cities, regions and countries in one list.
SELECT MIN(label) AS label, SUM(uses) AS uses
FROM features.value_keys
WHERE kind IN ('city', 'region', 'country')
GROUP BY value
ORDER BY uses DESC, label
LIMIT 1000;
