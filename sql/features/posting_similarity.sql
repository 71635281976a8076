-- How alike are the postings to be matched and the past ones? A list of CTEs to be spliced in (include) after
-- targets (posting_key); ends with likeness, one row per posting and past posting that have anything in common.

-- The words that say most about each posting.
target_terms AS (
    SELECT w.posting_key, w.term_id, w.weight, w.title_weight
    FROM targets AS t
    INNER JOIN {schema}.posting_terms AS w ON t.posting_key = w.posting_key
    WHERE w.weight_rank <= 80 OR w.title_weight > 0
),

-- How alike is each past posting? Cosine of the weights of their words, over all text and over the title alone.
similar_postings AS (
    SELECT
        t.posting_key,
        p.posting_key AS past_posting_key,
        SUM(t.weight * p.weight) AS similarity,
        SUM(t.title_weight * p.title_weight) AS title_similarity
    FROM target_terms AS t
    INNER JOIN {schema}.posting_terms AS p ON t.term_id = p.term_id
    INNER JOIN {schema}.past_postings AS past ON p.posting_key = past.posting_key
    WHERE t.posting_key <> p.posting_key
    GROUP BY t.posting_key, p.posting_key
),

ranked_similar_postings AS (
    SELECT
        posting_key,
        past_posting_key,
        similarity,
        title_similarity,
        ROW_NUMBER() OVER (PARTITION BY posting_key ORDER BY similarity DESC, past_posting_key) AS nearness
    FROM similar_postings
),

nearest_postings AS (
    SELECT posting_key, past_posting_key, similarity
    FROM ranked_similar_postings
    WHERE nearness <= 20
),

-- The same question in other words: the posting is widened by the words of its nearest past postings
-- (Rocchio's pseudo-relevance feedback), so that synonyms and other spellings meet.
ranked_widened_terms AS (
    SELECT
        n.posting_key,
        t.term_id,
        SUM(n.similarity * t.weight) AS weight,
        ROW_NUMBER() OVER (PARTITION BY n.posting_key ORDER BY SUM(n.similarity * t.weight) DESC, t.term_id) AS weight_rank
    FROM nearest_postings AS n
    INNER JOIN {schema}.posting_terms AS t ON n.past_posting_key = t.posting_key
    WHERE t.weight_rank <= 80
    GROUP BY n.posting_key, t.term_id
),

widened_terms AS (
    SELECT posting_key, term_id, weight, SQRT(SUM(weight * weight) OVER (PARTITION BY posting_key)) AS length
    FROM ranked_widened_terms
    WHERE weight_rank <= 80
),

-- Who was put forward for the nearest postings, and where else? Postings that share people belong together even
-- where their words differ.
shared_people AS (
    SELECT n.posting_key, other.posting_key AS past_posting_key, SUM(n.similarity / SQRT(near.people)) AS shared
    FROM nearest_postings AS n
    INNER JOIN {schema}.posting_people AS here ON n.past_posting_key = here.posting_key
    INNER JOIN {schema}.history AS other ON here.candidate_key = other.candidate_key
    INNER JOIN {schema}.past_postings AS near ON n.past_posting_key = near.posting_key
    WHERE other.posting_key <> n.past_posting_key AND other.posting_key <> n.posting_key
    GROUP BY n.posting_key, other.posting_key
),

signs_of_likeness AS (
    SELECT
        posting_key,
        past_posting_key,
        similarity,
        title_similarity,
        CASE WHEN nearness <= 20 THEN similarity ELSE 0 END AS nearest_similarity,
        0.0 AS widened,
        0.0 AS shared
    FROM ranked_similar_postings
    UNION ALL
    SELECT
        w.posting_key,
        p.posting_key AS past_posting_key,
        0.0 AS similarity,
        0.0 AS title_similarity,
        0.0 AS nearest_similarity,
        w.weight * p.weight / w.length AS widened,
        0.0 AS shared
    FROM widened_terms AS w
    INNER JOIN {schema}.posting_terms AS p ON w.term_id = p.term_id
    WHERE w.length > 0
    UNION ALL
    SELECT
        s.posting_key,
        s.past_posting_key,
        0.0 AS similarity,
        0.0 AS title_similarity,
        0.0 AS nearest_similarity,
        0.0 AS widened,
        s.shared / SQRT(far.people) AS shared
    FROM shared_people AS s
    INNER JOIN {schema}.past_postings AS far ON s.past_posting_key = far.posting_key
),

likeness AS (
    SELECT
        posting_key,
        past_posting_key,
        SUM(similarity) AS similarity,
        SUM(title_similarity) AS title_similarity,
        SUM(nearest_similarity) AS nearest_similarity,
        SUM(widened) AS widened,
        SUM(shared) AS shared,
        SUM(similarity + 0.5 * widened + shared) AS affinity
    FROM signs_of_likeness
    GROUP BY posting_key, past_posting_key
)
