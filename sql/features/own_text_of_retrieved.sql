-- The same as own_text_of_pairs.sql for the pairs of one posting: the blocks of its words are read first, then who is
-- among the pairs. With many postings that would bring every candidate of one to all others. A CTE to be spliced in
-- (include) after pairs.
own_text AS (
    SELECT
        t.posting_key,
        c.candidate_key,
        SUM(t.weight * c.own_weight) AS own_similarity,
        SUM(t.title_weight * c.own_weight) AS own_title_similarity
    FROM target_terms AS t
    INNER JOIN {schema}.candidate_terms AS c ON t.term_id = c.term_id
    WHERE c.own_weight > 0 AND c.candidate_key IN (SELECT candidate_key FROM pairs)
    GROUP BY t.posting_key, c.candidate_key
)
