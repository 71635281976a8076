-- What do candidates share with the posting: by their history, their own words, their qualifications? For given pairs
-- (shared_by_everybody.sql asks of all candidates). CTEs to be spliced in (include) after posting_similarity.sql and pairs;
-- end with likeness and pair_signs, which has one row for each pair.

-- How alike are the posting and each past posting of the candidates?
past_pairs AS (
    SELECT DISTINCT p.posting_key, h.posting_key AS past_posting_key
    FROM pairs AS p
    INNER JOIN {schema}.history AS h ON p.candidate_key = h.candidate_key AND p.posting_key <> h.posting_key
),

widened_similarity AS (
    SELECT p.posting_key, p.past_posting_key, SUM(w.weight * t.weight / w.length) AS widened
    FROM past_pairs AS p
    INNER JOIN {schema}.posting_terms AS t ON p.past_posting_key = t.posting_key
    INNER JOIN widened_terms AS w ON p.posting_key = w.posting_key AND t.term_id = w.term_id
    WHERE w.length > 0
    GROUP BY p.posting_key, p.past_posting_key
),

-- Postings that share people with the nearest ones belong here even where their words differ.
shared_people AS (
    SELECT n.posting_key, r.other_posting_key AS past_posting_key, SUM(n.similarity * r.relation) AS shared
    FROM nearest_postings AS n
    INNER JOIN {schema}.related_postings AS r ON n.past_posting_key = r.posting_key
    GROUP BY n.posting_key, r.other_posting_key
),

likeness AS (
    SELECT
        p.posting_key,
        p.past_posting_key,
        COALESCE(s.similarity, 0) AS similarity,
        COALESCE(s.title_similarity, 0) AS title_similarity,
        s.nearness,
        COALESCE(w.widened, 0) AS widened,
        COALESCE(sp.shared, 0) AS shared,
        COALESCE(s.similarity, 0) + 0.5 * COALESCE(w.widened, 0) + COALESCE(sp.shared, 0) AS affinity
    FROM past_pairs AS p
    LEFT JOIN ranked_similar_postings AS s ON p.posting_key = s.posting_key AND p.past_posting_key = s.past_posting_key
    LEFT JOIN widened_similarity AS w ON p.posting_key = w.posting_key AND p.past_posting_key = w.past_posting_key
    LEFT JOIN shared_people AS sp ON p.posting_key = sp.posting_key AND p.past_posting_key = sp.past_posting_key
),

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
),

pair_signs AS (
    SELECT
        p.posting_key,
        p.candidate_key,
        o.own_similarity,
        o.own_title_similarity,
        r.skills_met,
        r.skills_practised,
        r.languages_met
    FROM pairs AS p
    LEFT JOIN own_text AS o ON p.posting_key = o.posting_key AND p.candidate_key = o.candidate_key
    LEFT JOIN requirements_met AS r ON p.posting_key = r.posting_key AND p.candidate_key = r.candidate_key
)
