-- Who shares words with the posting, in their own text or in that of the postings they were put forward for?
word_hits AS (
    SELECT
        t.posting_key,
        c.candidate_key,
        SUM(t.weight * c.own_weight) AS own_similarity,
        SUM(t.title_weight * c.own_weight) AS own_title_similarity,
        SUM(t.weight * (c.own_weight + c.history_weight)) AS relevance
    FROM target_terms AS t
    INNER JOIN features.candidate_terms AS c ON t.term_id = c.term_id
    GROUP BY t.posting_key, c.candidate_key
)
