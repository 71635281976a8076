-- Who is at one of the levels asked for? One row for each candidate.
-- part of: filters
SELECT
    CAST('seniority' AS VARCHAR(16)) AS filter,
    CAST(NULL AS VARCHAR(65535)) AS value,
    c.candidate_key,
    CASE WHEN k.value_key IS NULL THEN 1 ELSE 0 END AS failed
FROM features.candidate_facts AS c
LEFT JOIN features.value_keys AS k
    ON
        k.kind = 'seniority'
        AND c.seniority_key = k.value_key
        AND POSITION(';' || k.value || ';' IN CAST(:seniority AS VARCHAR(65535))) > 0
