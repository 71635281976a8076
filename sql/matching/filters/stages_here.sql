-- Whose last stage on this posting is one of those asked for? One row for each candidate.
-- part of: filters
SELECT
    CAST('stages_here' AS VARCHAR(16)) AS filter,
    CAST(NULL AS VARCHAR(65535)) AS value,
    c.candidate_key,
    CASE WHEN POSITION(';' || s.stage || ';' IN CAST(:stages_here AS VARCHAR(65535))) > 0 THEN 0 ELSE 1 END AS failed
FROM features.candidate_facts AS c
LEFT JOIN (
    SELECT r.candidate_key, r.stage
    FROM features.stages_reached AS r
    INNER JOIN targets AS t ON r.posting_key = t.posting_key
) AS s ON c.candidate_key = s.candidate_key
