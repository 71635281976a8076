-- Which values of one kind are there to choose from, the most used first?
SELECT label, uses
FROM features.value_keys
WHERE kind = :kind AND POSITION(:text IN value) > 0
ORDER BY uses DESC, label
LIMIT 500;
