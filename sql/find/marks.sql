-- What should a recruiter know of the candidates on a list? The names of the shortlists they are on, who rejected or
-- contacted them for this posting or found that they are not for it, the most similar posting that they were rejected
-- for (of the twenty most like this one, with a cosine of at least 0.25), and when this user last opened their details.
-- The candidates come as a JSON array of ids.
WITH listed AS (
    SELECT DISTINCT CAST(entry AS VARCHAR(64)) AS candidate_id
    FROM (SELECT JSON_PARSE(CAST(:listed AS VARCHAR(65535))) AS entries) AS given, given.entries AS entry
),

targets AS (
    SELECT posting_key
    FROM features.posting_facts
    WHERE posting_id = :posting_id
),

target_terms AS (
    SELECT w.posting_key, w.term_id, w.weight
    FROM targets AS t
    INNER JOIN {schema}.posting_terms AS w ON t.posting_key = w.posting_key
    WHERE w.weight_rank <= 80
),

similar_postings AS (
    SELECT p.posting_key, SUM(t.weight * p.weight) AS similarity
    FROM target_terms AS t
    INNER JOIN {schema}.posting_terms AS p ON t.term_id = p.term_id
    WHERE t.posting_key <> p.posting_key
    GROUP BY p.posting_key
),

nearest_postings AS (
    SELECT posting_key, ROW_NUMBER() OVER (ORDER BY similarity DESC, posting_key) AS nearness
    FROM similar_postings
    WHERE similarity >= 0.25
),

rejections AS (
    SELECT l.candidate_id, p.posting_id
    FROM listed AS l
    INNER JOIN features.candidate_facts AS c ON l.candidate_id = c.candidate_id
    INNER JOIN features.events AS e ON c.candidate_key = e.candidate_key AND e.stage = 'rejected'
    INNER JOIN features.posting_facts AS p ON e.posting_key = p.posting_key
    UNION
    SELECT d.candidate_id, d.posting_id
    FROM listed AS l
    INNER JOIN app.decisions AS d ON l.candidate_id = d.candidate_id AND d.decision = 'rejected'
    LEFT JOIN app.decisions AS undo ON undo.decision = 'undone' AND d.event_id = undo.undoes
    WHERE undo.undoes IS NULL
),

ranked_rejections AS (
    SELECT
        r.candidate_id,
        h.title,
        ROW_NUMBER() OVER (PARTITION BY r.candidate_id ORDER BY n.nearness) AS recency
    FROM rejections AS r
    INNER JOIN features.posting_facts AS p ON r.posting_id = p.posting_id
    INNER JOIN nearest_postings AS n ON p.posting_key = n.posting_key AND n.nearness <= 20
    INNER JOIN hiring.postings AS h ON r.posting_id = h.posting_id
),

openings AS (
    SELECT o.candidate_id, MAX(o.opened_at) AS seen_at
    FROM app.details_opened AS o
    INNER JOIN listed AS l ON o.candidate_id = l.candidate_id
    WHERE o.username = :username
    GROUP BY o.candidate_id
),

-- include: find/my_lists
,
memberships AS (
    -- Names are of one line each.
    SELECT m.candidate_id, LISTAGG(l.name, '
') WITHIN GROUP (ORDER BY l.name) AS lists
    FROM my_members AS m
    INNER JOIN my_lists AS l ON m.shortlist_id = l.shortlist_id AND NOT l.is_archived
    INNER JOIN listed AS li ON m.candidate_id = li.candidate_id
    GROUP BY m.candidate_id
),

-- include: decisions/decided_here
,
decided AS (
    SELECT
        candidate_id,
        MAX(CASE WHEN decision = 'rejected' THEN username END) AS rejected_by,
        MAX(CASE WHEN decision = 'not_for_posting' THEN username END) AS unfit_by,
        MAX(CASE WHEN decision = 'contacted' THEN username END) AS contacted_by,
        MAX(CASE WHEN decision = 'contacted' THEN decided_at END) AS contacted_at
    FROM decided_here
    WHERE recency = 1
    GROUP BY candidate_id
)

SELECT
    l.candidate_id,
    m.lists,
    d.rejected_by,
    d.unfit_by,
    d.contacted_by,
    d.contacted_at,
    r.title AS rejected_for,
    o.seen_at
FROM listed AS l
LEFT JOIN decided AS d ON l.candidate_id = d.candidate_id
LEFT JOIN memberships AS m ON l.candidate_id = m.candidate_id
LEFT JOIN ranked_rejections AS r ON l.candidate_id = r.candidate_id AND r.recency = 1
LEFT JOIN openings AS o ON l.candidate_id = o.candidate_id
WHERE
    m.lists IS NOT NULL
    OR d.rejected_by IS NOT NULL
    OR d.unfit_by IS NOT NULL
    OR d.contacted_by IS NOT NULL
    OR r.title IS NOT NULL
    OR o.seen_at IS NOT NULL
ORDER BY l.candidate_id;
