-- Which candidates are plausible at all? The first stage of ranking: a list of CTEs to be spliced in (include) after
-- posting_similarity.sql and eligible (candidate_key); ends with pairs (posting_key, candidate_key), at most the pool size
-- from each of three ways to be found: the candidate's words, people of like postings, and people of widened ones.
hits_by_words AS (
    SELECT q.posting_key, c.candidate_key, SUM(q.weight * (c.own_weight + c.history_weight)) AS relevance
    FROM target_terms AS q
    INNER JOIN features.candidate_terms AS c ON q.term_id = c.term_id
    GROUP BY q.posting_key, c.candidate_key
),

hits_by_likeness AS (
    SELECT n.posting_key, p.candidate_key, SUM(n.similarity) AS relevance
    FROM ranked_similar_postings AS n
    INNER JOIN features.posting_people AS p ON n.past_posting_key = p.posting_key
    WHERE n.nearness <= 400
    GROUP BY n.posting_key, p.candidate_key
),

hits_by_people AS (
    SELECT n.posting_key, p.candidate_key, SUM(n.shared) AS relevance
    FROM shared_people AS n
    INNER JOIN features.posting_people AS p ON n.past_posting_key = p.posting_key
    GROUP BY n.posting_key, p.candidate_key
),

all_hits AS (
    SELECT 1 AS way, posting_key, candidate_key, relevance FROM hits_by_words
    UNION ALL
    SELECT 2 AS way, posting_key, candidate_key, relevance FROM hits_by_likeness
    UNION ALL
    SELECT 3 AS way, posting_key, candidate_key, relevance FROM hits_by_people
),

ranked_hits AS (
    SELECT
        h.posting_key,
        h.candidate_key,
        ROW_NUMBER() OVER (PARTITION BY h.posting_key, h.way ORDER BY h.relevance DESC, h.candidate_key) AS hit_rank
    FROM all_hits AS h
    INNER JOIN eligible AS e ON h.candidate_key = e.candidate_key
),

pairs AS (
    SELECT DISTINCT posting_key, candidate_key
    FROM ranked_hits
    WHERE hit_rank <= :pool
)
