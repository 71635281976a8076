-- In whose texts is what was searched for? One row for each candidate.
-- part of: filters
SELECT
    CAST('text' AS VARCHAR(16)) AS filter,
    CAST(NULL AS VARCHAR(65535)) AS value,
    c.candidate_key,
    CASE WHEN t.clauses_met >= :clause_count THEN 0 ELSE 1 END AS failed
FROM features.candidate_facts AS c
LEFT JOIN text_matches AS t ON c.candidate_key = t.candidate_key
