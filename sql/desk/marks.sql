-- What should a recruiter know of the candidates on a list? The names of the shortlists they are on, who rejected or
-- contacted them for this posting or found that they are not for it, the most similar posting that they were rejected
-- for (of the twenty most like this one, with a cosine of at least 0.25), and when this user last opened their details.
WITH
-- include: matching/listed
,
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
    SELECT l.candidate_id, r.posting_key
    FROM listed AS l
    INNER JOIN features.candidate_facts AS c ON l.candidate_id = c.candidate_id
    INNER JOIN features.stages_reached AS r ON c.candidate_key = r.candidate_key AND r.stage = 'rejected'
    UNION ALL
    SELECT d.candidate_id, p.posting_key
    FROM listed AS l
    INNER JOIN app.decisions AS d ON l.candidate_id = d.candidate_id AND d.decision = 'rejected'
    INNER JOIN features.posting_facts AS p ON d.posting_id = p.posting_id
    LEFT JOIN app.decisions AS undo ON undo.decision = 'undone' AND d.event_id = undo.undoes
    WHERE undo.undoes IS NULL
),

ranked_rejections AS (
    SELECT
        r.candidate_id,
        r.posting_key,
        ROW_NUMBER() OVER (PARTITION BY r.candidate_id ORDER BY n.nearness) AS recency
    FROM rejections AS r
    INNER JOIN nearest_postings AS n ON r.posting_key = n.posting_key AND n.nearness <= 20
),

-- include: desk/my_lists
,
-- include: desk/decisions/decided_here
,
all_marks AS (
    SELECT m.candidate_id, 'list' AS mark, l.name AS subject, CAST(NULL AS TIMESTAMP) AS marked_at
    FROM my_members AS m
    INNER JOIN my_lists AS l ON m.shortlist_id = l.shortlist_id AND NOT l.is_archived
    UNION ALL
    SELECT candidate_id, decision AS mark, username AS subject, decided_at AS marked_at
    FROM decided_here
    WHERE recency = 1 AND decision IN ('rejected', 'not_for_posting', 'contacted')
    UNION ALL
    SELECT r.candidate_id, 'rejected for' AS mark, p.title AS subject, CAST(NULL AS TIMESTAMP) AS marked_at
    FROM ranked_rejections AS r
    INNER JOIN features.posting_facts AS f ON r.posting_key = f.posting_key
    INNER JOIN hiring.postings AS p ON f.posting_id = p.posting_id
    WHERE r.recency = 1
    UNION ALL
    SELECT candidate_id, 'seen' AS mark, username AS subject, opened_at AS marked_at
    FROM app.details_opened
    WHERE username = :username
)

SELECT
    m.candidate_id,
    -- Names are of one line each.
    LISTAGG(CASE WHEN m.mark = 'list' THEN m.subject END, '
') WITHIN GROUP (ORDER BY m.subject) AS lists,
    MAX(CASE WHEN m.mark = 'rejected' THEN m.subject END) AS rejected_by,
    MAX(CASE WHEN m.mark = 'not_for_posting' THEN m.subject END) AS unfit_by,
    MAX(CASE WHEN m.mark = 'contacted' THEN m.subject END) AS contacted_by,
    MAX(CASE WHEN m.mark = 'contacted' THEN m.marked_at END) AS contacted_at,
    MAX(CASE WHEN m.mark = 'rejected for' THEN m.subject END) AS rejected_for,
    MAX(CASE WHEN m.mark = 'seen' THEN m.marked_at END) AS seen_at
FROM all_marks AS m
INNER JOIN listed AS l ON m.candidate_id = l.candidate_id
GROUP BY m.candidate_id
ORDER BY m.candidate_id;
