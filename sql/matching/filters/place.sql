-- Who is in the place asked for, a city, region or country? One row for each candidate.
-- part of: filters
SELECT
    CAST('place' AS VARCHAR(16)) AS filter,
    CAST(NULL AS VARCHAR(65535)) AS value,
    c.candidate_key,
    CASE
        WHEN c.city_key = w.city_key OR c.region_key = w.region_key OR c.country_key = w.country_key THEN 0
        ELSE 1
    END AS failed
FROM features.candidate_facts AS c
CROSS JOIN wanted_place AS w
