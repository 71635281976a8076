-- Which levels are there to filter by?
-- part of: choices
SELECT kind, label, uses
FROM features.value_keys
WHERE kind = 'seniority'
