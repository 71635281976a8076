-- Of whom is something known that tells them apart for a posting, whatever their history: a text of their own, or a fact
-- that postings state as well, and not all the same? CTEs to be spliced in (include); end with described (candidate_key).
stated AS (
    SELECT
        COUNT(DISTINCT city_key) > 1 AS cities,
        COUNT(DISTINCT region_key) > 1 AS regions,
        COUNT(DISTINCT country_key) > 1 AS countries,
        COUNT(DISTINCT earth_z) > 1 AS locations,
        COUNT(DISTINCT seniority_key) > 1 AS levels,
        COUNT(DISTINCT education_key) > 1 AS educations,
        COUNT(DISTINCT pay) > 1 AS pays,
        COUNT(DISTINCT years_experience_min) > 1 AS years,
        COUNT(DISTINCT languages_required) > 1 AS languages
    FROM features.posting_facts
),

described AS (
    SELECT candidate_key
    FROM features.candidate_words
    UNION
    SELECT c.candidate_key
    FROM features.candidate_facts AS c
    CROSS JOIN stated AS s
    WHERE
        (s.cities AND c.city_key IS NOT NULL)
        OR (s.regions AND c.region_key IS NOT NULL)
        OR (s.countries AND c.country_key IS NOT NULL)
        OR (s.locations AND c.earth_z IS NOT NULL)
        OR (s.levels AND c.seniority_key IS NOT NULL)
        OR (s.educations AND c.education_key IS NOT NULL)
        OR (s.pays AND c.desired_salary IS NOT NULL)
        OR (s.years AND c.years_experience IS NOT NULL)
        OR (s.languages AND c.languages_listed > 0)
)
