-- The same as own_text_of_pairs.sql for every candidate who shares a word with the posting: in ranking these sums are
-- there already. A CTE to be spliced in (include) after word_hits.
own_text AS (
    SELECT posting_key, candidate_key, own_similarity, own_title_similarity
    FROM word_hits
    WHERE own_similarity > 0
)
