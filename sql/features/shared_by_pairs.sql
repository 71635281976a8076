-- What do the candidate's own words and qualifications share with the posting? For given pairs (shared_by_everybody.sql
-- asks of all candidates). CTEs to be spliced in (include) after pairs; end with own_text and requirements_met.

-- Cosine of the weights of words, with all words of the posting and with those of its title.
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
),

-- How many of the skills and languages asked for? Practised is a skill that another past posting asked for.
requirements_met AS (
    SELECT
        p.posting_key,
        p.candidate_key,
        SUM(CASE WHEN r.is_skill AND q.is_listed THEN 1 ELSE 0 END) AS skills_met,
        SUM(CASE WHEN r.is_skill AND q.times_practised > CASE WHEN here.candidate_key IS NULL THEN 0 ELSE 1 END THEN 1 ELSE 0 END)
            AS skills_practised,
        SUM(CASE WHEN r.is_skill THEN 0 ELSE 1 END) AS languages_met
    FROM pairs AS p
    INNER JOIN features.requirements AS r ON p.posting_key = r.posting_key
    INNER JOIN {schema}.qualifications AS q ON r.value_key = q.value_key AND p.candidate_key = q.candidate_key
    LEFT JOIN {schema}.posting_people AS here ON p.posting_key = here.posting_key AND p.candidate_key = here.candidate_key
    GROUP BY p.posting_key, p.candidate_key
)
