-- Which candidates pass the recruiter's filters? CTEs, to be spliced in (include) after what the filters need; end with
-- eligible (candidate_key, and where they are and how senior).
-- include: matching/filter_checks
-- part of: eligible
,
failures AS (
    SELECT candidate_key
    FROM filter_checks
    WHERE failed = 1
),

eligible AS (
    SELECT c.candidate_key, c.city_key, c.region_key, c.country_key, c.seniority_key
    FROM features.candidate_facts AS c
    LEFT JOIN failures AS f ON c.candidate_key = f.candidate_key
    WHERE f.candidate_key IS NULL
)
