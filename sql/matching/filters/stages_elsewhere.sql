-- Whose last stage on any other posting is one of those asked for? One row for each candidate.
-- part of: filters
SELECT
    CAST('stages_elsewhere' AS VARCHAR(16)) AS filter,
    CAST(NULL AS VARCHAR(65535)) AS value,
    c.candidate_key,
    CASE WHEN s.candidate_key IS NULL THEN 1 ELSE 0 END AS failed
FROM features.candidate_facts AS c
LEFT JOIN (
    SELECT DISTINCT r.candidate_key
    FROM features.stages_reached AS r
    LEFT JOIN targets AS t ON r.posting_key = t.posting_key
    WHERE t.posting_key IS NULL AND POSITION(';' || r.stage || ';' IN CAST(:stages_elsewhere AS VARCHAR(65535))) > 0
) AS s ON c.candidate_key = s.candidate_key
