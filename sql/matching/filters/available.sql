-- Who can start on the day asked for? One row for each candidate.
-- part of: filters
SELECT
    CAST('available' AS VARCHAR(16)) AS filter,
    CAST(NULL AS VARCHAR(65535)) AS value,
    candidate_key,
    CASE WHEN available_from <= CAST(:available_by AS DATE) THEN 0 ELSE 1 END AS failed
FROM features.candidate_facts
