-- Who of those who were found passes the filters? CTEs to be spliced in (include) after word_hits, history_hits.sql and
-- eligible (candidate_key).
words_found AS (
    SELECT h.posting_key, h.candidate_key, h.relevance, h.own_relevance
    FROM word_hits AS h
    INNER JOIN eligible AS e ON h.candidate_key = e.candidate_key
),

likeness_found AS (
    SELECT h.posting_key, h.candidate_key, h.relevance
    FROM hits_by_likeness AS h
    INNER JOIN eligible AS e ON h.candidate_key = e.candidate_key
),

people_found AS (
    SELECT h.posting_key, h.candidate_key, h.relevance
    FROM hits_by_people AS h
    INNER JOIN eligible AS e ON h.candidate_key = e.candidate_key
)
