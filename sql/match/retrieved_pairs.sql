-- Which candidates are plausible for one posting? The first stage of ranking: a list of CTEs to be spliced in
-- (include) after eligible (candidate_key) and found_everybody.sql or found_eligible.sql; ends with pairs (posting_key,
-- candidate_key), at most the pool size from each of four ways to be found, and a few more to fill the list.
best_by_words AS (
    SELECT posting_key, candidate_key
    FROM words_found
    ORDER BY relevance DESC, candidate_key
    LIMIT :pool
),

best_by_own_words AS (
    SELECT posting_key, candidate_key
    FROM words_found
    ORDER BY own_relevance DESC, candidate_key
    LIMIT :pool
),

best_by_likeness AS (
    SELECT posting_key, candidate_key
    FROM likeness_found
    ORDER BY relevance DESC, candidate_key
    LIMIT :pool
),

best_by_people AS (
    SELECT posting_key, candidate_key
    FROM people_found
    ORDER BY relevance DESC, candidate_key
    LIMIT :pool
),

-- Anybody else, more than are asked for: a short list is filled as long as enough pass the filters, and where there are
-- few candidates all are scored.
first_eligible AS (
    SELECT t.posting_key, e.candidate_key
    FROM eligible AS e
    CROSS JOIN targets AS t
    ORDER BY e.candidate_key
    LIMIT :fill
),

pairs AS (
    SELECT posting_key, candidate_key FROM best_by_words
    UNION
    SELECT posting_key, candidate_key FROM best_by_own_words
    UNION
    SELECT posting_key, candidate_key FROM best_by_likeness
    UNION
    SELECT posting_key, candidate_key FROM best_by_people
    UNION
    SELECT posting_key, candidate_key FROM first_eligible
)
