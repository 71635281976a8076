-- Which candidates pass the recruiter's filters? A list of CTEs to be spliced in (include); ends with
-- eligible (candidate_key, nice_met). Lists of words come as ';a;b;' in lower case, NULL is "any".
wanted_skills AS (
    SELECT
        value_key AS skill_key,
        POSITION(';' || value || ';' IN :must_have) > 0 AS is_must,
        POSITION(';' || value || ';' IN :nice_to_have) > 0 AS is_nice,
        POSITION(';' || value || ';' IN :excluded) > 0 AS is_excluded
    FROM features.value_keys
    WHERE kind = 'skill' AND POSITION(';' || value || ';' IN :must_have || :nice_to_have || :excluded) > 0
),

wanted_skills_met AS (
    SELECT
        c.candidate_key,
        SUM(CASE WHEN w.is_must THEN 1 ELSE 0 END) AS must_met,
        SUM(CASE WHEN w.is_nice THEN 1 ELSE 0 END) AS nice_met,
        SUM(CASE WHEN w.is_excluded THEN 1 ELSE 0 END) AS excluded_met
    FROM features.candidate_skills AS c
    INNER JOIN wanted_skills AS w ON c.skill_key = w.skill_key
    GROUP BY c.candidate_key
),

wanted_values AS (
    SELECT kind, value_key
    FROM features.value_keys
    WHERE
        (kind = 'seniority' AND POSITION(';' || value || ';' IN CAST(:seniorities AS VARCHAR)) > 0)
        OR (kind IN ('city', 'region', 'country') AND value = CAST(:place AS VARCHAR))
),

eligible AS (
    SELECT c.candidate_key, COALESCE(met.nice_met, 0) AS nice_met
    FROM features.candidate_facts AS c
    LEFT JOIN wanted_skills_met AS met ON c.candidate_key = met.candidate_key
    WHERE
        COALESCE(met.must_met, 0) >= :must_count
        AND COALESCE(met.excluded_met, 0) = 0
        AND (
            CAST(:place AS VARCHAR) IS NULL
            OR c.city_key IN (SELECT value_key FROM wanted_values WHERE kind = 'city')
            OR c.region_key IN (SELECT value_key FROM wanted_values WHERE kind = 'region')
            OR c.country_key IN (SELECT value_key FROM wanted_values WHERE kind = 'country')
        )
        AND (
            CAST(:seniorities AS VARCHAR) IS NULL
            OR c.seniority_key IN (SELECT value_key FROM wanted_values WHERE kind = 'seniority')
        )
        AND (CAST(:experience_min AS DOUBLE PRECISION) IS NULL OR c.years_experience >= :experience_min)
        AND (CAST(:experience_max AS DOUBLE PRECISION) IS NULL OR c.years_experience <= :experience_max)
        AND (CAST(:available_by AS DATE) IS NULL OR c.available_from <= CAST(:available_by AS DATE))
        AND (
            NOT :exclude_known
            OR c.candidate_key NOT IN (
                SELECT e.candidate_key
                FROM features.events AS e
                INNER JOIN targets AS t ON e.posting_key = t.posting_key
                WHERE e.target >= 0.5
            )
        )
)
