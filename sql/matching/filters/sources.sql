-- Who came from one of the sources asked for? One row for each candidate.
-- part of: filters
SELECT
    CAST('sources' AS VARCHAR(16)) AS filter,
    CAST(NULL AS VARCHAR(65535)) AS value,
    f.candidate_key,
    CASE
        WHEN POSITION(';' || {folded c.source} || ';' IN CAST(:sources AS VARCHAR(65535))) > 0 THEN 0
        ELSE 1
    END AS failed
FROM features.candidate_facts AS f
LEFT JOIN hiring.candidates AS c ON f.candidate_id = c.candidate_id
