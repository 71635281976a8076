-- Which candidates does the recruiter mean in a blind review? Every word typed must occur in the skills, place or id: a
-- search must not tell who somebody is. Without words: those with whom something happened last.
WITH searchable AS (
    SELECT candidate_key AS found_key, part, body
    FROM features.candidate_search
    WHERE NOT tells_who
),

-- include: matching/found_candidates
,
texts_to_mask AS (
    SELECT c.candidate_id, CAST('headline' AS VARCHAR(16)) AS kind, c.headline AS body
    FROM best AS b
    INNER JOIN hiring.candidates AS c ON b.candidate_id = c.candidate_id
),

-- include: access/blind_review/masked_texts

SELECT
    c.candidate_id,
    'Candidate ' || UPPER(SUBSTRING(MD5(c.candidate_id), 1, 6)) AS name,
    m.body AS headline,
    c.city,
    c.region,
    c.country,
    c.seniority,
    GREATEST(b.last_event_at, c.updated_at) AS last_activity
FROM best AS b
INNER JOIN hiring.candidates AS c ON b.candidate_id = c.candidate_id
LEFT JOIN masked_texts AS m ON b.candidate_id = m.candidate_id
ORDER BY b.place;
