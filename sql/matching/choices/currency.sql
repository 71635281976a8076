-- In which currencies do candidates wish for pay?
-- part of: choices
SELECT k.kind, k.label, COUNT(*) AS uses
FROM features.candidate_facts AS c
INNER JOIN features.value_keys AS k ON k.kind = 'currency' AND c.currency_key = k.value_key
WHERE c.desired_salary IS NOT NULL
GROUP BY k.kind, k.label
