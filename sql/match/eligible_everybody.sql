-- No filters: every candidate is eligible. A CTE, which takes the place of eligible_candidates.sql.
eligible AS (
    SELECT candidate_key
    FROM features.candidate_facts
)
