-- What does a recruiter see of the candidates on the list in a blind review? As show_candidates.sql, but who they are.
WITH
-- include: match/shown_candidates
,
texts_to_mask AS (
    SELECT s.candidate_id, 'headline' AS kind, c.headline AS body
    FROM shown AS s
    INNER JOIN hiring.candidates AS c ON s.candidate_id = c.candidate_id
),

-- include: blind/masked_texts

SELECT
    c.candidate_id,
    'Candidate ' || UPPER(SUBSTRING(MD5(c.candidate_id), 1, 6)) AS name,
    m.body AS headline,
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
LEFT JOIN masked_texts AS m ON s.candidate_id = m.candidate_id
LEFT JOIN skills_shown AS sk ON s.candidate_key = sk.candidate_key
LEFT JOIN nice_shown AS n ON s.candidate_key = n.candidate_key
LEFT JOIN last_events AS l ON s.candidate_key = l.candidate_key
LEFT JOIN stages_here AS st ON s.candidate_key = st.candidate_key AND st.recency = 1;
