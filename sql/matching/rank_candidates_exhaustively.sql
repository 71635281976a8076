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
-- include: matching/plausible
,
pair_signs AS (
    SELECT *
    FROM plausible
),

pairs AS (
    SELECT posting_key, candidate_key
    FROM pair_signs
),

-- include: features/pair_features
,
-- include: matching/best_candidates
