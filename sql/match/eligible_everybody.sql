-- No filters: every candidate is eligible. Takes the place of eligible_candidates.sql, with the same CTEs at its end.
wanted_skills AS (
    SELECT value_key AS skill_key, FALSE AS is_nice
    FROM features.value_keys
    WHERE FALSE
),

eligible AS (
    SELECT candidate_key, 0 AS nice_met
    FROM features.candidate_facts
)
