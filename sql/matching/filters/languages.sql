-- Who speaks all languages asked for? One row for each candidate.
-- part of: filters
SELECT
    CAST('languages' AS VARCHAR(16)) AS filter,
    CAST(NULL AS VARCHAR(65535)) AS value,
    c.candidate_key,
    CASE WHEN s.languages_met >= :languages_count THEN 0 ELSE 1 END AS failed
FROM features.candidate_facts AS c
LEFT JOIN (
    SELECT l.candidate_key, COUNT(*) AS languages_met
    FROM features.candidate_languages AS l
    INNER JOIN features.value_keys AS k
        ON
            k.kind = 'language'
            AND l.language_key = k.value_key
            AND POSITION(';' || k.value || ';' IN CAST(:languages AS VARCHAR(65535))) > 0
    GROUP BY l.candidate_key
) AS s ON c.candidate_key = s.candidate_key
