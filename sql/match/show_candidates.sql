-- What does the recruiter see of the candidates on the list? Names are read here, for the rows shown, never before.
WITH
-- include: match/shown_candidates

SELECT
    c.candidate_id,
    c.name,
    c.headline,
    c.city,
    c.region,
    c.country,
    c.seniority,
    c.years_experience,
    c.available_from,
    sk.matched_skills,
    sk.missing_skills,
    n.nice_skills,
    GREATEST(l.last_activity, c.updated_at) AS last_activity,
    st.stage AS known_stage
FROM shown AS s
INNER JOIN hiring.candidates AS c ON s.candidate_id = c.candidate_id
LEFT JOIN skills_shown AS sk ON s.candidate_key = sk.candidate_key
LEFT JOIN nice_shown AS n ON s.candidate_key = n.candidate_key
LEFT JOIN last_events AS l ON s.candidate_key = l.candidate_key
LEFT JOIN stages_here AS st ON s.candidate_key = st.candidate_key AND st.recency = 1;
