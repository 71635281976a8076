-- Which candidates does the recruiter mean? Every word typed must occur in the name, headline, skills, place, e-mail
-- address or id, or all that was typed is a phone number. Without words: those with whom something happened last.
WITH searchable AS (
    SELECT candidate_key AS found_key, part, body
    FROM features.candidate_search
),

-- include: matching/found_candidates

SELECT
    c.candidate_id,
    c.name,
    c.headline,
    c.city,
    c.region,
    c.country,
    c.seniority,
    GREATEST(b.last_event_at, c.updated_at) AS last_activity
FROM best AS b
INNER JOIN hiring.candidates AS c ON b.candidate_id = c.candidate_id
ORDER BY b.place;
