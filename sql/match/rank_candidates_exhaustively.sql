-- Who are the best candidates for one posting, every candidate scored? Slow, to check the two-stage ranking by.
WITH targets AS (
    SELECT posting_key
    FROM features.posting_facts
    WHERE posting_id = :posting_id
),

-- include: features/posting_similarity
,
-- include: match/eligible_everybody
,
-- include: match/best_of_all
