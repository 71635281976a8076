-- No filters: every candidate is eligible. A CTE, which takes the place of eligible_candidates.sql.
-- part of: eligible
eligible AS (
    SELECT candidate_key, city_key, region_key, country_key, seniority_key
    FROM features.candidate_facts
)
