-- Which texts are searched in a blind review, in which nobody is found by what it withholds? CTEs, to be spliced in
-- (include) after texts_with_letters.sql; end with searched_texts (candidate_id, body).
-- part of: counted, eligible
texts_to_mask AS (
    SELECT candidate_id, kind, body
    FROM texts_with_letters
),

-- include: access/blind_review/masked_texts
,
searched_texts AS (
    SELECT candidate_id, REGEXP_REPLACE(body, '[[](name|contact|school|age|hint)[]]', ' ; ') AS body
    FROM masked_texts
)
