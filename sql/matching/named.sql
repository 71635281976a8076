-- Who are the candidates shown? A CTE, to be spliced in after shown_details: named. Names are read here, for the rows shown,
-- never before.
-- part of: named
named AS (
    SELECT
        d.*,
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
    INNER JOIN hiring.candidates AS c ON d.candidate_id = c.candidate_id
)
