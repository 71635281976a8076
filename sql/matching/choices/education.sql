-- Which degrees do candidates have? In a blind review nobody can be found by a school, so that education which names one is
-- left out. After masked_texts.
-- part of: choices
SELECT k.kind, k.label, COUNT(*) AS uses
FROM features.candidate_facts AS c
INNER JOIN features.value_keys AS k ON k.kind = 'education' AND c.education_key = k.value_key
LEFT JOIN masked_texts AS m ON k.label = m.kind AND k.label <> m.body
WHERE m.kind IS NULL
GROUP BY k.kind, k.label
