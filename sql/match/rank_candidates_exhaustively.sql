-- Who are the best candidates for one posting, all scored who pass the filters that are on? Slow, to check the two
-- stages by.
WITH targets AS (
    SELECT posting_key
    FROM features.posting_facts
    WHERE posting_id = :posting_id
),

-- include: features/posting_similarity
,
-- include each: eligible
,
-- include: features/shared_by_everybody
,
pairs AS (
    SELECT t.posting_key, e.candidate_key
    FROM targets AS t
    CROSS JOIN eligible AS e
),

-- include: features/pair_features
,
-- include: match/best_candidates
