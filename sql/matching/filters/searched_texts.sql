-- Which texts are searched? What candidates say of themselves, as it is kept, and the notes on the viewer's lists. CTEs,
-- to be spliced in (include) after my_lists.sql; end with searched_texts (candidate_key, body).
-- part of: counted, eligible
parted_texts AS (
    SELECT f.candidate_key, 1 AS emphasis, {parted n.note} AS body
    FROM my_notes AS n
    INNER JOIN features.candidate_facts AS f ON n.candidate_id = f.candidate_id
),

-- include: matching/filters/folded_words
,
searched_texts AS (
    SELECT candidate_key, body
    FROM features.candidate_texts
    UNION ALL
    SELECT candidate_key, body
    FROM folded_words
)
