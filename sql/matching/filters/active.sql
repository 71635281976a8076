-- With whom did something happen since the day asked for, or whose profile changed? One row for each candidate.
-- part of: filters
SELECT
    CAST('active' AS VARCHAR(16)) AS filter,
    CAST(NULL AS VARCHAR(65535)) AS value,
    f.candidate_key,
    CASE WHEN GREATEST(f.last_event_at, c.updated_at) >= CAST(:active_since AS DATE) THEN 0 ELSE 1 END AS failed
FROM features.candidate_facts AS f
LEFT JOIN hiring.candidates AS c ON f.candidate_id = c.candidate_id
