-- What does a recruiter see of the candidates in a blind review? As named.sql, but who they are; what the headlines may say is
-- told by access/blind_review/headlines.sql.
-- part of: named
named AS (
    SELECT
        d.*,
        'Candidate ' || UPPER(SUBSTRING(MD5(d.candidate_id), 1, 6)) AS name,
        CAST(NULL AS VARCHAR(65535)) AS headline,
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
