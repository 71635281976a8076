-- Who shares telling words with the posting? The same relevance as word_hits.sql finds, from a third of the rows: what is
-- left out are words that half of all people have.
word_hits AS (
    SELECT
        t.posting_key,
        c.candidate_key,
        SUM(t.weight * (c.own_weight + c.history_weight)) AS relevance,
        SUM((t.weight + t.title_weight) * c.own_weight) AS own_relevance
    FROM target_terms AS t
    INNER JOIN features.candidate_terms AS c ON t.term_id = c.term_id
    WHERE t.is_telling
    GROUP BY t.posting_key, c.candidate_key
)
