-- What does the recruiter see of the candidates on the list? Names are read here, for the rows shown, never before.
WITH
-- include: match/shown_candidates

SELECT
    d.candidate_id,
    d.matched_skills,
    d.missing_skills,
    d.nice_skills,
    d.known_stage,
    c.name,
    c.headline,
    c.city,
    c.region,
    c.country,
    c.seniority,
    c.years_experience,
    c.available_from,
    GREATEST(d.last_event_at, c.updated_at) AS last_activity
FROM shown_details AS d
INNER JOIN hiring.candidates AS c ON d.candidate_id = c.candidate_id;
