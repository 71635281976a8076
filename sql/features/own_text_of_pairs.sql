-- How well do the candidate's own words fit the posting's, and its title? Cosine of the weights of words, for given pairs
-- (see own_text_of_hits.sql). A CTE to be spliced in (include) after pairs.
own_text AS (
    SELECT
        p.posting_key,
        p.candidate_key,
        SUM(t.weight * c.own_weight) AS own_similarity,
        SUM(t.title_weight * c.own_weight) AS own_title_similarity
    FROM pairs AS p
    INNER JOIN target_terms AS t ON p.posting_key = t.posting_key
    INNER JOIN {schema}.candidate_terms AS c ON t.term_id = c.term_id AND p.candidate_key = c.candidate_key
    WHERE c.own_weight > 0
    GROUP BY p.posting_key, p.candidate_key
)
