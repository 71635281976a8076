-- Which candidates are plausible for each of several postings? The same as retrieved_pairs.sql, posting by posting.
-- include: match/history_hits
,
all_hits AS (
    SELECT 1 AS way, posting_key, candidate_key, relevance FROM word_hits
    UNION ALL
    SELECT 4 AS way, posting_key, candidate_key, own_relevance AS relevance FROM word_hits
    UNION ALL
    SELECT 2 AS way, posting_key, candidate_key, relevance FROM hits_by_likeness
    UNION ALL
    SELECT 3 AS way, posting_key, candidate_key, relevance FROM hits_by_people
),

-- Anybody else, more than are asked for: every list is filled, and where there are few candidates all are scored.
first_candidates AS (
    SELECT candidate_key
    FROM features.candidate_facts
    ORDER BY candidate_key
    LIMIT :fill
),

ranked_hits AS (
    SELECT
        posting_key,
        candidate_key,
        ROW_NUMBER() OVER (PARTITION BY posting_key, way ORDER BY relevance DESC, candidate_key) AS hit_rank
    FROM all_hits
),

pairs AS (
    SELECT posting_key, candidate_key
    FROM ranked_hits
    WHERE hit_rank <= :pool
    UNION
    SELECT t.posting_key, f.candidate_key
    FROM targets AS t
    CROSS JOIN first_candidates AS f
)
