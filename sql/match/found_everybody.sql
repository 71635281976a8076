-- Without filters everybody who was found counts. CTEs to be spliced in (include) after word_hits and history_hits.sql;
-- found_eligible.sql takes their place where there are filters.
words_found AS (
    SELECT posting_key, candidate_key, relevance, own_relevance
    FROM word_hits
),

likeness_found AS (
    SELECT posting_key, candidate_key, relevance
    FROM hits_by_likeness
),

people_found AS (
    SELECT posting_key, candidate_key, relevance
    FROM hits_by_people
)
