-- The same where no skill is nice to have: nobody has one.
-- part of: nice_skills_shown
nice_skills_shown AS (
    SELECT candidate_key, CAST(NULL AS VARCHAR(65535)) AS nice_skills
    FROM shown
    WHERE FALSE
)
