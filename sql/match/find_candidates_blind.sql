-- Which candidates does the recruiter mean in a blind review? Every word typed must occur in the skills, place or id: a
-- search must not tell who somebody is. Words come as ';a;b;'. Without words: those with whom something happened last.
WITH wanted_words AS (
    SELECT LOWER(CAST(word AS VARCHAR)) AS word
    FROM (SELECT SPLIT_TO_ARRAY(:words, ';') AS words) AS typed, typed.words AS word
    WHERE CAST(word AS VARCHAR) <> ''
),

searchable AS (
    SELECT
        c.candidate_id,
        LOWER(
            COALESCE(c.skills, '') || ' ' || COALESCE(c.city, '') || ' ' || COALESCE(c.region, '') || ' ' || COALESCE(c.country, '') || ' '
            || c.candidate_id
        ) AS body
    FROM hiring.candidates AS c
),

hits AS (
    SELECT s.candidate_id
    FROM searchable AS s
    CROSS JOIN wanted_words AS w
    WHERE POSITION(w.word IN s.body) > 0
    GROUP BY s.candidate_id
    HAVING COUNT(*) = (SELECT COUNT(*) FROM wanted_words)
    UNION ALL
    SELECT s.candidate_id
    FROM searchable AS s
    WHERE (SELECT COUNT(*) FROM wanted_words) = 0
),

last_events AS (
    SELECT candidate_id, MAX(occurred_at) AS last_activity
    FROM hiring.interactions
    GROUP BY candidate_id
),

best AS (
    SELECT
        h.candidate_id,
        l.last_activity,
        ROW_NUMBER() OVER (
            ORDER BY
                CASE WHEN h.candidate_id = :text THEN 0 ELSE 1 END,
                COALESCE(l.last_activity, CAST('1900-01-01' AS TIMESTAMP)) DESC,
                h.candidate_id
        ) AS place
    FROM hits AS h
    LEFT JOIN last_events AS l ON h.candidate_id = l.candidate_id
),

texts_to_mask AS (
    SELECT c.candidate_id, 'headline' AS kind, c.headline AS body
    FROM best AS b
    INNER JOIN hiring.candidates AS c ON b.candidate_id = c.candidate_id
    WHERE b.place <= :limit
),

-- include: blind/masked_texts

SELECT
    c.candidate_id,
    'Candidate ' || UPPER(SUBSTRING(MD5(c.candidate_id), 1, 6)) AS name,
    m.body AS headline,
    c.city,
    c.region,
    c.country,
    c.seniority,
    GREATEST(b.last_activity, c.updated_at) AS last_activity
FROM best AS b
INNER JOIN hiring.candidates AS c ON b.candidate_id = c.candidate_id
LEFT JOIN masked_texts AS m ON b.candidate_id = m.candidate_id
WHERE b.place <= :limit
ORDER BY b.place;
