-- Who has as many years of experience as were asked for? One row for each candidate.
-- part of: filters
SELECT
    CAST('experience' AS VARCHAR(16)) AS filter,
    CAST(NULL AS VARCHAR(65535)) AS value,
    candidate_key,
    CASE
        WHEN
            (CAST(:experience_min AS DOUBLE PRECISION) IS NULL OR years_experience >= :experience_min)
            AND (CAST(:experience_max AS DOUBLE PRECISION) IS NULL OR years_experience <= :experience_max)
            THEN 0
        ELSE 1
    END AS failed
FROM features.candidate_facts
