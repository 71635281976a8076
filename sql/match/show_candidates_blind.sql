-- What does a recruiter see of the candidates on the list in a blind review? As show_candidates.sql, but who they are.
WITH
-- include: match/shown_candidates
,
texts_to_mask AS (
    SELECT s.candidate_id, CAST('headline' AS VARCHAR(16)) AS kind, c.headline AS body
    FROM shown AS s
    INNER JOIN hiring.candidates AS c ON s.candidate_id = c.candidate_id
),

-- include: blind/masked_texts

SELECT
    d.candidate_id,
    d.matched_skills,
    d.missing_skills,
    d.nice_skills,
    d.known_stage,
    'Candidate ' || UPPER(SUBSTRING(MD5(d.candidate_id), 1, 6)) AS name,
    m.body AS headline,
    c.city,
    c.region,
    c.country,
    c.seniority,
    c.years_experience,
    c.available_from,
    GREATEST(d.last_event_at, c.updated_at) AS last_activity
FROM shown_details AS d
INNER JOIN hiring.candidates AS c ON d.candidate_id = c.candidate_id
LEFT JOIN masked_texts AS m ON d.candidate_id = m.candidate_id;
