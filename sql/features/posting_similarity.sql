-- Which past postings are most like those to be matched, and what else would these be called? A list of CTEs to be
-- spliced in (include) after targets (posting_key); shared_by_pairs.sql and shared_by_everybody.sql build on them.

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

nearest_by_posting AS (
    SELECT posting_key, MAX(similarity) AS nearest_similarity, MAX(title_similarity) AS nearest_title_similarity
    FROM similar_postings
    GROUP BY posting_key
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
)
