-- Who was put forward for postings that are like the one to fill, or that share people with such? CTEs to be spliced
-- in (include) after posting_similarity.sql, for one posting and for many alike.
hits_by_likeness AS (
    SELECT n.posting_key, p.candidate_key, MAX(n.similarity) + 0.1 * SUM(n.similarity) AS relevance
    FROM ranked_similar_postings AS n
    INNER JOIN features.posting_people AS p ON n.past_posting_key = p.posting_key
    WHERE n.nearness <= 400
    GROUP BY n.posting_key, p.candidate_key
),

ranked_shared_people AS (
    SELECT
        posting_key,
        past_posting_key,
        shared,
        ROW_NUMBER() OVER (PARTITION BY posting_key ORDER BY shared DESC, past_posting_key) AS nearness
    FROM shared_people
),

hits_by_people AS (
    SELECT n.posting_key, p.candidate_key, SUM(n.shared) AS relevance
    FROM ranked_shared_people AS n
    INNER JOIN features.posting_people AS p ON n.past_posting_key = p.posting_key
    WHERE n.nearness <= 400
    GROUP BY n.posting_key, p.candidate_key
)
