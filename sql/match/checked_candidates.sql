-- Which of the recruiter's filters does each candidate pass? A list of CTEs to be spliced in (include) after targets
-- (posting_key); ends with checked_candidates. Lists of words come as ';a;b;' in lower case, NULL is "any"; a filter
-- that is off is passed by everybody.
-- include: find/my_lists
,
wanted_skills AS (
    SELECT skill_key, skill, is_must, is_nice, is_excluded
    FROM (
        SELECT
            value_key AS skill_key,
            value AS skill,
            POSITION(';' || value || ';' IN CAST(:must_have AS VARCHAR(65535))) > 0 AS is_must,
            POSITION(';' || value || ';' IN CAST(:nice_to_have AS VARCHAR(65535))) > 0 AS is_nice,
            POSITION(';' || value || ';' IN CAST(:excluded AS VARCHAR(65535))) > 0 AS is_excluded
        FROM features.value_keys
        WHERE kind = 'skill'
    ) AS skills
    WHERE is_must OR is_nice OR is_excluded
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
        (kind = 'seniority' AND POSITION(';' || value || ';' IN CAST(:seniorities AS VARCHAR(65535))) > 0)
        OR (kind = 'education' AND POSITION(';' || value || ';' IN CAST(:educations AS VARCHAR(65535))) > 0)
        OR (kind = 'language' AND POSITION(';' || value || ';' IN CAST(:languages AS VARCHAR(65535))) > 0)
        OR (kind = 'currency' AND value = CAST(:currency AS VARCHAR(256)))
        OR (kind IN ('city', 'region', 'country') AND value = CAST(:place AS VARCHAR(256)))
),

-- Where a city is: the mean of the company's own rows there. Cities of one name in two countries are two.
city_centres AS (
    SELECT
        city_key,
        COALESCE(region_key, 0) AS region_key,
        COALESCE(country_key, 0) AS country_key,
        AVG(latitude) AS latitude,
        AVG(longitude) AS longitude
    FROM (
        SELECT city_key, region_key, country_key, latitude, longitude FROM features.candidate_facts
        UNION ALL
        SELECT city_key, region_key, country_key, latitude, longitude FROM features.posting_facts
    ) AS located
    WHERE
        CAST(:within_km AS DOUBLE PRECISION) IS NOT NULL
        AND city_key IS NOT NULL
        AND latitude IS NOT NULL
        AND longitude IS NOT NULL
    GROUP BY city_key, COALESCE(region_key, 0), COALESCE(country_key, 0)
),

wanted_centres AS (
    SELECT c.latitude, c.longitude
    FROM city_centres AS c
    INNER JOIN wanted_values AS w ON w.kind = 'city' AND c.city_key = w.value_key
),

-- Great-circle distance in km (haversine, mean earth radius 6371 km), from a candidate's own place or their city's.
near_candidates AS (
    SELECT DISTINCT p.candidate_key
    FROM (
        SELECT
            c.candidate_key,
            CASE WHEN c.latitude + c.longitude IS NULL THEN own.latitude ELSE c.latitude END AS latitude,
            CASE WHEN c.latitude + c.longitude IS NULL THEN own.longitude ELSE c.longitude END AS longitude
        FROM features.candidate_facts AS c
        LEFT JOIN city_centres AS own
            ON
                c.city_key = own.city_key
                AND COALESCE(c.region_key, 0) = own.region_key
                AND COALESCE(c.country_key, 0) = own.country_key
    ) AS p
    CROSS JOIN wanted_centres AS w
    WHERE
        2 * 6371 * ASIN(SQRT(LEAST(
            1.0,
            POWER(SIN(RADIANS(p.latitude - w.latitude) / 2), 2)
            + COS(RADIANS(w.latitude)) * COS(RADIANS(p.latitude))
            * POWER(SIN(RADIANS(p.longitude - w.longitude) / 2), 2)
        ))) <= CAST(:within_km AS DOUBLE PRECISION)
),

languages_spoken AS (
    SELECT c.candidate_key, COUNT(*) AS languages_met
    FROM features.candidate_languages AS c
    INNER JOIN wanted_values AS w ON w.kind = 'language' AND c.language_key = w.value_key
    GROUP BY c.candidate_key
),

last_stages AS (
    SELECT
        candidate_key,
        posting_key,
        stage,
        ROW_NUMBER() OVER (PARTITION BY candidate_key, posting_key ORDER BY occurred_at DESC, stage_order DESC) AS recency
    FROM features.events
    WHERE CAST(:stages_here AS VARCHAR(65535)) IS NOT NULL OR CAST(:stages_elsewhere AS VARCHAR(65535)) IS NOT NULL
),

with_stage AS (
    SELECT
        s.candidate_key,
        MAX(CASE WHEN t.posting_key IS NOT NULL AND POSITION(';' || s.stage || ';' IN CAST(:stages_here AS VARCHAR(65535))) > 0 THEN 1 ELSE 0 END)
            AS here,
        MAX(CASE WHEN t.posting_key IS NULL AND POSITION(';' || s.stage || ';' IN CAST(:stages_elsewhere AS VARCHAR(65535))) > 0 THEN 1 ELSE 0 END)
            AS elsewhere
    FROM last_stages AS s
    LEFT JOIN targets AS t ON s.posting_key = t.posting_key
    WHERE s.recency = 1
    GROUP BY s.candidate_key
),

-- include: decisions/decided_here
,
known_here AS (
    SELECT e.candidate_key
    FROM features.events AS e
    INNER JOIN targets AS t ON e.posting_key = t.posting_key
    WHERE e.target >= 0.5 AND :exclude_known
    UNION
    SELECT f.candidate_key
    FROM decided_here AS d
    INNER JOIN features.candidate_facts AS f ON d.candidate_id = f.candidate_id
    WHERE d.recency = 1 AND d.decision IN ('rejected', 'contacted', 'not_for_posting') AND :exclude_known
),

active_since AS (
    SELECT candidate_key
    FROM features.events
    WHERE occurred_at >= CAST(:active_since AS DATE)
    UNION
    SELECT f.candidate_key
    FROM hiring.candidates AS c
    INNER JOIN features.candidate_facts AS f ON c.candidate_id = f.candidate_id
    WHERE c.updated_at >= CAST(:active_since AS DATE)
),

from_sources AS (
    SELECT DISTINCT f.candidate_key
    FROM hiring.candidates AS c
    INNER JOIN features.candidate_facts AS f ON c.candidate_id = f.candidate_id
    WHERE POSITION(';' || LOWER(TRIM(c.source)) || ';' IN CAST(:sources AS VARCHAR(65535))) > 0
),

listed_people AS (
    SELECT
        f.candidate_key,
        MAX(CASE WHEN POSITION(';' || m.shortlist_id || ';' IN CAST(:on_lists AS VARCHAR(65535))) > 0 THEN 1 ELSE 0 END) AS is_on,
        MAX(CASE WHEN POSITION(';' || m.shortlist_id || ';' IN CAST(:off_lists AS VARCHAR(65535))) > 0 THEN 1 ELSE 0 END) AS is_off
    FROM my_members AS m
    INNER JOIN features.candidate_facts AS f ON m.candidate_id = f.candidate_id
    WHERE CAST(:on_lists AS VARCHAR(65535)) IS NOT NULL OR CAST(:off_lists AS VARCHAR(65535)) IS NOT NULL
    GROUP BY f.candidate_key
),

-- include: match/text_matches
,
checked_candidates AS (
    SELECT
        c.candidate_key,
        COALESCE(met.nice_met, 0) AS nice_met,
        COALESCE(met.must_met, 0) AS must_met,
        COALESCE(met.excluded_met, 0) AS excluded_met,
        CAST(:place AS VARCHAR(256)) IS NULL
        OR COALESCE(city.value_key, region.value_key, country.value_key, near.candidate_key) IS NOT NULL AS place_passed,
        CAST(:seniorities AS VARCHAR(65535)) IS NULL
        OR seniority.value_key IS NOT NULL AS seniority_passed,
        CAST(:educations AS VARCHAR(65535)) IS NULL
        OR education.value_key IS NOT NULL AS education_passed,
        COALESCE(l.languages_met, 0) >= :language_count AS languages_passed,
        (CAST(:experience_min AS DOUBLE PRECISION) IS NULL OR c.years_experience >= :experience_min)
        AND (CAST(:experience_max AS DOUBLE PRECISION) IS NULL OR c.years_experience <= :experience_max) AS experience_passed,
        (CAST(:pay_min AS DOUBLE PRECISION) IS NULL OR c.desired_salary >= :pay_min)
        AND (CAST(:pay_max AS DOUBLE PRECISION) IS NULL OR c.desired_salary <= :pay_max)
        AND (CAST(:currency AS VARCHAR(256)) IS NULL OR currency.value_key IS NOT NULL) AS pay_passed,
        CAST(:available_by AS DATE) IS NULL OR c.available_from <= CAST(:available_by AS DATE) AS available_passed,
        CAST(:active_since AS DATE) IS NULL OR active.candidate_key IS NOT NULL AS active_passed,
        CAST(:stages_here AS VARCHAR(65535)) IS NULL OR COALESCE(st.here, 0) = 1 AS stages_here_passed,
        CAST(:stages_elsewhere AS VARCHAR(65535)) IS NULL OR COALESCE(st.elsewhere, 0) = 1 AS stages_elsewhere_passed,
        NOT :exclude_known OR known.candidate_key IS NULL AS new_passed,
        CAST(:on_lists AS VARCHAR(65535)) IS NULL OR COALESCE(lp.is_on, 0) = 1 AS on_lists_passed,
        CAST(:off_lists AS VARCHAR(65535)) IS NULL OR COALESCE(lp.is_off, 0) = 0 AS off_lists_passed,
        CAST(:sources AS VARCHAR(65535)) IS NULL OR sourced.candidate_key IS NOT NULL AS sources_passed,
        COALESCE(t.clauses_met, 0) >= :clause_count AS text_passed
    FROM features.candidate_facts AS c
    LEFT JOIN wanted_skills_met AS met ON c.candidate_key = met.candidate_key
    LEFT JOIN languages_spoken AS l ON c.candidate_key = l.candidate_key
    LEFT JOIN with_stage AS st ON c.candidate_key = st.candidate_key
    LEFT JOIN listed_people AS lp ON c.candidate_key = lp.candidate_key
    LEFT JOIN text_matches AS t ON c.candidate_key = t.candidate_key
    LEFT JOIN wanted_values AS city ON city.kind = 'city' AND c.city_key = city.value_key
    LEFT JOIN wanted_values AS region ON region.kind = 'region' AND c.region_key = region.value_key
    LEFT JOIN wanted_values AS country ON country.kind = 'country' AND c.country_key = country.value_key
    LEFT JOIN near_candidates AS near ON c.candidate_key = near.candidate_key
    LEFT JOIN wanted_values AS seniority ON seniority.kind = 'seniority' AND c.seniority_key = seniority.value_key
    LEFT JOIN wanted_values AS education ON education.kind = 'education' AND c.education_key = education.value_key
    LEFT JOIN wanted_values AS currency ON currency.kind = 'currency' AND c.currency_key = currency.value_key
    LEFT JOIN active_since AS active ON c.candidate_key = active.candidate_key
    LEFT JOIN known_here AS known ON c.candidate_key = known.candidate_key
    LEFT JOIN from_sources AS sourced ON c.candidate_key = sourced.candidate_key
)
