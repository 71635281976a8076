-- Who are the best candidates for one posting, all scored who pass the filters? Slow, to check the two stages by.
WITH targets AS (
    SELECT posting_key
    FROM features.posting_facts
    WHERE posting_id = :posting_id
),

-- include: features/posting_similarity
,
-- include: match/eligible_candidates
,
-- include: match/best_of_all
