-- Which candidates does the recruiter mean? Every word typed must occur in the name, headline, skills, place or id; the
-- words come as ';a;b;'. Without words: those with whom something happened last.
WITH searchable AS (
    SELECT
        c.candidate_id AS found_id,
        COALESCE(c.name, '') || ' ' || COALESCE(c.headline, '') || ' ' || COALESCE(c.skills, '') || ' '
        || COALESCE(c.city, '') || ' ' || COALESCE(c.region, '') || ' ' || COALESCE(c.country, '') || ' '
        || c.candidate_id AS body
    FROM hiring.candidates AS c
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
