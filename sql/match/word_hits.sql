-- Who shares words with the posting, in their own text or in that of the postings they were put forward for? All words
-- are read, for the similarity of own texts too; telling_word_hits.sql reads less.
word_hits AS (
    SELECT
        t.posting_key,
        c.candidate_key,
        SUM(t.weight * c.own_weight) AS own_similarity,
        SUM(t.title_weight * c.own_weight) AS own_title_similarity,
        SUM(CASE WHEN t.is_telling THEN t.weight * (c.own_weight + c.history_weight) END) AS relevance,
        SUM(CASE WHEN t.is_telling THEN (t.weight + t.title_weight) * c.own_weight END) AS own_relevance
    FROM target_terms AS t
    INNER JOIN features.candidate_terms AS c ON t.term_id = c.term_id
    GROUP BY t.posting_key, c.candidate_key
)
