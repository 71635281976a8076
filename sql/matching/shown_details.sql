-- What is there to say of the candidates shown for a posting, whoever they are? CTEs, to be spliced in (include) after shown
-- (posting_key, candidate_key, and what else it has); end with shown_details.
-- include: matching/skills_shown
,
-- include each: nice_skills_shown
,
shown_details AS (
    SELECT s.*, sk.matched_skills, sk.missing_skills, n.nice_skills, st.stage AS known_stage
    FROM shown AS s
    LEFT JOIN skills_shown AS sk ON s.candidate_key = sk.candidate_key
    LEFT JOIN nice_skills_shown AS n ON s.candidate_key = n.candidate_key
    LEFT JOIN features.stages_reached AS st ON s.candidate_key = st.candidate_key AND s.posting_key = st.posting_key
)
