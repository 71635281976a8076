-- Who has all skills that are a must, and none that are excluded? One row for each candidate and each skill that was
-- asked for: a skill that nobody has counts as well.
-- part of: filters
SELECT
    CAST(CASE WHEN w.is_must THEN 'must_have' ELSE 'excluded' END AS VARCHAR(16)) AS filter,
    w.skill AS value,
    c.candidate_key,
    CASE WHEN (h.candidate_key IS NOT NULL) = w.is_must THEN 0 ELSE 1 END AS failed
FROM features.candidate_facts AS c
CROSS JOIN wanted_skills AS w
LEFT JOIN holders AS h ON c.candidate_key = h.candidate_key AND w.skill_key = h.skill_key
