-- Which of a user's postings have strong new matches? Strong: among the best ten now; new: never shown to this user for
-- that posting. Only postings are ranked whose data or model changed since the list was last shown.
WITH
-- include: desk/news/my_postings
,
targets AS (
    SELECT f.posting_key
    FROM my_postings AS m
    INNER JOIN features.posting_facts AS f ON m.posting_id = f.posting_id
    WHERE m.seen_at IS NULL OR m.data_version <> :data_version OR m.model_version <> :model_version
),

-- include: matching/ranked_batch
,

shown_before AS (
    SELECT DISTINCT l.posting_id, r.candidate_id
    FROM app.lists_shown AS l
    INNER JOIN app.list_rows_shown AS r ON l.view_id = r.view_id
    WHERE l.username = :username
),

new_matches AS (
    SELECT p.posting_id, COUNT(*) AS new_matches, MAX(r.score) AS best_score
    FROM ranked AS r
    INNER JOIN features.posting_facts AS p ON r.posting_key = p.posting_key
    INNER JOIN features.candidate_facts AS c ON r.candidate_key = c.candidate_key
    LEFT JOIN shown_before AS s ON p.posting_id = s.posting_id AND c.candidate_id = s.candidate_id
    WHERE r.rank <= 10 AND s.candidate_id IS NULL
    GROUP BY p.posting_id
)

SELECT
    m.posting_id,
    p.title,
    p.company,
    m.seen_at,
    COALESCE(n.new_matches, 0) AS new_matches,
    n.best_score
FROM my_postings AS m
INNER JOIN hiring.postings AS p ON m.posting_id = p.posting_id
LEFT JOIN new_matches AS n ON m.posting_id = n.posting_id
ORDER BY new_matches DESC, m.recency;
