-- What does the model see of this pair? Every feature, one row.
WITH targets AS (
    SELECT posting_key
    FROM features.posting_facts
    WHERE posting_id = :posting_id
),

-- include: features/posting_similarity
,
pairs AS (
    SELECT t.posting_key, c.candidate_key
    FROM targets AS t
    CROSS JOIN features.candidate_facts AS c
    WHERE c.candidate_id = :candidate_id
),

-- include: features/shared_by_pairs
,
-- include: features/pair_features

SELECT {features}
FROM pair_features;
