-- Who are the best candidates for one posting, among those who pass the filters that are on? Two stages: plausible
-- candidates are retrieved by what is known of everybody, then scored by the model.
WITH targets AS (
    SELECT posting_key
    FROM features.posting_facts
    WHERE posting_id = :posting_id
),

-- include: features/posting_similarity
,
-- include each: eligible
,
-- include: matching/retrieved_pairs
,
-- include: features/pair_features
,
-- include: matching/best_candidates
