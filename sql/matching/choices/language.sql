-- Which languages do candidates speak?
-- part of: choices
SELECT CAST('language' AS VARCHAR(16)) AS kind, k.label, COUNT(*) AS uses
FROM features.candidate_languages AS c
INNER JOIN features.value_keys AS k ON k.kind = 'language' AND c.language_key = k.value_key
GROUP BY k.label
