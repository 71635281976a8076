-- Who are the best candidates for each posting of one batch of staging.wanted_postings? For nightly lists.
WITH targets AS (
    SELECT f.posting_key
    FROM staging.wanted_postings AS w
    INNER JOIN features.posting_facts AS f ON w.posting_id = f.posting_id
    WHERE w.batch = :batch
),

-- include: matching/ranked_batch

SELECT p.posting_id, c.candidate_id, r.rank, r.score
FROM ranked AS r
INNER JOIN features.posting_facts AS p ON r.posting_key = p.posting_key
INNER JOIN features.candidate_facts AS c ON r.candidate_key = c.candidate_key
WHERE r.rank <= :top
ORDER BY p.posting_id, r.rank;
