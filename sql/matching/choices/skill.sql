-- Which skills are there to filter by, in postings and candidates?
-- part of: choices
SELECT kind, label, uses
FROM features.value_keys
WHERE kind = 'skill'
