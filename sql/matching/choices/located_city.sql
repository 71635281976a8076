-- Around which cities can one search? Those whose coordinates are known.
-- part of: choices
SELECT CAST('located_city' AS VARCHAR(16)) AS kind, k.label, MAX(k.uses) AS uses
FROM features.value_keys AS k
INNER JOIN (
    SELECT city_key, latitude, longitude FROM features.candidate_facts
    UNION ALL
    SELECT city_key, latitude, longitude FROM features.posting_facts
) AS l ON k.kind = 'city' AND k.value_key = l.city_key
WHERE l.latitude IS NOT NULL AND l.longitude IS NOT NULL
GROUP BY k.label
