-- Who has the highest scores, all scored who are eligible? CTEs and the final SELECT, to be spliced in (include) after
-- posting_similarity and eligible.
-- include: match/word_hits
,
-- include: features/own_text_of_hits
,
pairs AS (
    SELECT t.posting_key, e.candidate_key
    FROM targets AS t
    CROSS JOIN eligible AS e
),

-- include: features/pair_features
,
-- include: match/best_candidates
