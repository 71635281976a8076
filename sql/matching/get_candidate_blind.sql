-- What does a recruiter see of one candidate in a blind review? As get_candidate.sql, but who they are.
WITH texts_to_mask AS (
    SELECT candidate_id, 'headline' AS kind, headline AS body
    FROM hiring.candidates
    WHERE candidate_id = :candidate_id
    UNION ALL
    SELECT candidate_id, 'summary' AS kind, summary AS body
    FROM hiring.candidates
    WHERE candidate_id = :candidate_id
    UNION ALL
    SELECT candidate_id, 'education' AS kind, education AS body
    FROM hiring.candidates
    WHERE candidate_id = :candidate_id
),

-- include: access/blind_review/masked_texts
,
masked AS (
    SELECT
        MAX(CASE WHEN kind = 'headline' THEN body END) AS headline,
        MAX(CASE WHEN kind = 'summary' THEN body END) AS summary,
        MAX(CASE WHEN kind = 'education' THEN body END) AS education
    FROM masked_texts
)

SELECT
    c.candidate_id,
    'Candidate ' || UPPER(SUBSTRING(MD5(c.candidate_id), 1, 6)) AS name,
    m.headline,
    m.summary,
    c.skills,
    c.city,
    c.region,
    c.country,
    c.seniority,
    m.education,
    c.languages,
    c.years_experience,
    c.desired_salary,
    c.currency,
    c.remote,
    c.available_from,
    c.source,
    c.updated_at
FROM hiring.candidates AS c
CROSS JOIN masked AS m
WHERE c.candidate_id = :candidate_id;
