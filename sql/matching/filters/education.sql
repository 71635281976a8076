-- Who has one of the degrees asked for? One row for each candidate.
-- part of: filters
SELECT
    CAST('education' AS VARCHAR(16)) AS filter,
    CAST(NULL AS VARCHAR(65535)) AS value,
    c.candidate_key,
    CASE WHEN k.value_key IS NULL THEN 1 ELSE 0 END AS failed
FROM features.candidate_facts AS c
LEFT JOIN features.value_keys AS k
    ON
        k.kind = 'education'
        AND c.education_key = k.value_key
        AND POSITION(';' || k.value || ';' IN CAST(:education AS VARCHAR(65535))) > 0
