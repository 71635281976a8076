-- Which pairs of staging.wanted_pairs have a posting or a candidate that the warehouse does not know?
SELECT
    w.posting_id,
    w.candidate_id,
    p.posting_key IS NULL AS posting_unknown,
    c.candidate_key IS NULL AS candidate_unknown
FROM staging.wanted_pairs AS w
LEFT JOIN features.posting_facts AS p ON w.posting_id = p.posting_id
LEFT JOIN features.candidate_facts AS c ON w.candidate_id = c.candidate_id
WHERE p.posting_key IS NULL OR c.candidate_key IS NULL
ORDER BY w.posting_id, w.candidate_id;
