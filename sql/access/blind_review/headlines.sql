-- What do the headlines of some candidates say, less who they are?
WITH
-- include: matching/listed
,
texts_to_mask AS (
    SELECT l.candidate_id, CAST('headline' AS VARCHAR(16)) AS kind, c.headline AS body
    FROM listed AS l
    INNER JOIN hiring.candidates AS c ON l.candidate_id = c.candidate_id
),

-- include: access/blind_review/masked_texts

SELECT candidate_id, body AS headline
FROM masked_texts;
