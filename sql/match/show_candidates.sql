-- What does the recruiter see of the candidates on the list? Names are read here, for the rows shown, never before.
WITH
-- include: match/shown_candidates

SELECT
    d.*,
    c.name,
    c.headline,
    c.city,
    c.region,
    c.country,
    c.seniority,
    c.years_experience,
    c.available_from
FROM shown_details AS d
INNER JOIN hiring.candidates AS c ON d.candidate_id = c.candidate_id;
