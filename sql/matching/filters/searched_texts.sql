-- Which texts are searched? All as they are. A CTE, to be spliced in (include) after texts_with_letters.sql:
-- searched_texts (candidate_id, body).
-- part of: counted, eligible
searched_texts AS (
    SELECT candidate_id, body
    FROM texts_with_letters
)
