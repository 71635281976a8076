-- What do candidates share with the posting: by their history, their own words, their qualifications? The same as
-- shared_by_pairs.sql for all past postings and everybody who shares any, and the words of their history too. CTEs to be
-- spliced in (include) after posting_similarity.sql; end with likeness, word_hits and requirements_met.
signs_of_likeness AS (
    SELECT
        posting_key,
        past_posting_key,
        similarity,
        title_similarity,
        nearness,
        0.0 AS widened,
        0.0 AS shared
    FROM ranked_similar_postings
    UNION ALL
    SELECT
        w.posting_key,
        p.posting_key AS past_posting_key,
        0.0 AS similarity,
        0.0 AS title_similarity,
        CAST(NULL AS BIGINT) AS nearness,
        w.weight * p.weight / w.length AS widened,
        0.0 AS shared
    FROM widened_terms AS w
    INNER JOIN {schema}.posting_terms AS p ON w.term_id = p.term_id
    WHERE w.length > 0 AND p.posting_key <> w.posting_key
    UNION ALL
    -- Postings that share people with the nearest ones belong here even where their words differ.
    SELECT
        n.posting_key,
        r.other_posting_key AS past_posting_key,
        0.0 AS similarity,
        0.0 AS title_similarity,
        CAST(NULL AS BIGINT) AS nearness,
        0.0 AS widened,
        n.similarity * r.relation AS shared
    FROM nearest_postings AS n
    INNER JOIN {schema}.related_postings AS r ON n.past_posting_key = r.posting_key
    WHERE r.other_posting_key <> n.posting_key
),

likeness AS (
    SELECT
        posting_key,
        past_posting_key,
        SUM(similarity) AS similarity,
        SUM(title_similarity) AS title_similarity,
        MIN(nearness) AS nearness,
        SUM(widened) AS widened,
        SUM(shared) AS shared,
        SUM(similarity + 0.5 * widened + shared) AS affinity
    FROM signs_of_likeness
    GROUP BY posting_key, past_posting_key
),

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
