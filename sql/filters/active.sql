-- With whom did something happen since the day asked for, or whose profile changed? One row for each candidate.
SELECT
    CAST('active' AS VARCHAR(16)) AS filter,
    CAST(NULL AS VARCHAR(65535)) AS value,
    c.candidate_key,
    CASE WHEN p.updated_at >= CAST(:active_since AS DATE) OR e.candidate_key IS NOT NULL THEN 0 ELSE 1 END AS failed
FROM features.candidate_facts AS c
LEFT JOIN hiring.candidates AS p ON c.candidate_id = p.candidate_id
LEFT JOIN (
    SELECT DISTINCT candidate_key
    FROM features.events
    WHERE occurred_at >= CAST(:active_since AS DATE)
) AS e ON c.candidate_key = e.candidate_key
