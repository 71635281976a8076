-- What do the candidates' words and qualifications share with the posting? The same as shared_by_pairs.sql for everybody
-- who shares any, and the words of their history too. CTEs to be spliced in (include) after posting_similarity.sql.
word_hits AS (
    SELECT
        t.posting_key,
        c.candidate_key,
        SUM(t.weight * c.own_weight) AS own_similarity,
        SUM(t.title_weight * c.own_weight) AS own_title_similarity,
        SUM(t.weight * c.history_weight) AS history_similarity
    FROM target_terms AS t
    INNER JOIN {schema}.candidate_terms AS c ON t.term_id = c.term_id
    GROUP BY t.posting_key, c.candidate_key
),

own_text AS (
    SELECT posting_key, candidate_key, own_similarity, own_title_similarity
    FROM word_hits
    WHERE own_similarity > 0
),

requirements_met AS (
    SELECT
        r.posting_key,
        q.candidate_key,
        SUM(CASE WHEN r.is_skill AND q.is_listed THEN 1 ELSE 0 END) AS skills_met,
        SUM(CASE WHEN r.is_skill AND q.times_practised > CASE WHEN here.candidate_key IS NULL THEN 0 ELSE 1 END THEN 1 ELSE 0 END)
            AS skills_practised,
        SUM(CASE WHEN r.is_skill THEN 0 ELSE 1 END) AS languages_met
    FROM targets AS t
    INNER JOIN features.requirements AS r ON t.posting_key = r.posting_key
    INNER JOIN {schema}.qualifications AS q ON r.value_key = q.value_key
    LEFT JOIN {schema}.posting_people AS here ON r.posting_key = here.posting_key AND q.candidate_key = here.candidate_key
    GROUP BY r.posting_key, q.candidate_key
)
