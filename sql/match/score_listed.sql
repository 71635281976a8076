-- How well do these candidates match one posting? They come as a JSON array of ids.
WITH targets AS (
    SELECT posting_key
    FROM features.posting_facts
    WHERE posting_id = :posting_id
),

listed AS (
    SELECT DISTINCT CAST(entry AS VARCHAR(64)) AS candidate_id
    FROM (SELECT JSON_PARSE(:listed) AS entries) AS given, given.entries AS entry
),

-- include: features/posting_similarity
,
pairs AS (
    SELECT t.posting_key, c.candidate_key
    FROM targets AS t
    CROSS JOIN features.candidate_facts AS c
    INNER JOIN listed AS l ON c.candidate_id = l.candidate_id
),

-- include: features/own_text_of_pairs
,
-- include: features/pair_features
,
scored AS (
    SELECT candidate_key, {score_function}({features}) AS score
    FROM pair_features
)

SELECT c.candidate_id, s.score
FROM scored AS s
INNER JOIN features.candidate_facts AS c ON s.candidate_key = c.candidate_key;
