-- What is there to compare of a few candidates, for one posting? In a blind review without who they are. What the posting
-- is called and asks for stands in each row, so that a page that compares asks once.
WITH
-- include: matching/listed
,
shown AS (
    SELECT p.posting_key, f.candidate_key, f.candidate_id, f.last_event_at
    FROM listed AS l
    INNER JOIN features.candidate_facts AS f ON l.candidate_id = f.candidate_id
    INNER JOIN features.posting_facts AS p ON p.posting_id = :posting_id
),

-- include: matching/shown_details
,
texts_to_mask AS (
    SELECT s.candidate_id, 'headline' AS kind, c.headline AS body
    FROM shown AS s
    INNER JOIN hiring.candidates AS c ON s.candidate_id = c.candidate_id
    WHERE :blind
    UNION ALL
    SELECT s.candidate_id, 'education' AS kind, c.education AS body
    FROM shown AS s
    INNER JOIN hiring.candidates AS c ON s.candidate_id = c.candidate_id
    WHERE :blind
),

-- include: access/blind_review/masked_texts

SELECT
    d.candidate_id,
    d.matched_skills,
    d.missing_skills,
    d.known_stage,
    CASE WHEN :blind THEN 'Candidate ' || UPPER(SUBSTRING(MD5(d.candidate_id), 1, 6)) ELSE c.name END AS name,
    CASE WHEN :blind THEN headlines.body ELSE c.headline END AS headline,
    CASE WHEN :blind THEN educations.body ELSE c.education END AS education,
    c.city,
    c.region,
    c.country,
    c.seniority,
    c.years_experience,
    c.available_from,
    GREATEST(d.last_event_at, c.updated_at) AS last_activity,
    c.languages,
    c.desired_salary,
    c.currency,
    p.title AS posting_title,
    p.skills AS posting_skills
FROM shown_details AS d
INNER JOIN hiring.candidates AS c ON d.candidate_id = c.candidate_id
INNER JOIN hiring.postings AS p ON p.posting_id = :posting_id
LEFT JOIN masked_texts AS headlines ON d.candidate_id = headlines.candidate_id AND headlines.kind = 'headline'
LEFT JOIN masked_texts AS educations ON d.candidate_id = educations.candidate_id AND educations.kind = 'education';
