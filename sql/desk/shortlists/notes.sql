-- Which notes are there about the people on a list, or about one of them? Those that nobody took back, oldest first.
WITH
-- include: desk/shortlists/in_force
,
noted AS (
    SELECT candidate_id, event_id, occurred_at, username, value AS note
    FROM in_force
    WHERE event = 'note' AND (CAST(:candidate_id AS VARCHAR(64)) IS NULL OR candidate_id = :candidate_id)
),

-- include: access/blind_review/viewer
,
texts_to_mask AS (
    SELECT n.candidate_id, n.event_id AS kind, n.note AS body
    FROM noted AS n
    INNER JOIN viewer AS v ON v.is_blind
),

-- include: access/blind_review/masked_texts

SELECT
    n.candidate_id,
    n.event_id,
    n.occurred_at,
    n.username,
    CASE WHEN v.is_blind THEN m.body ELSE n.note END AS note
FROM noted AS n
CROSS JOIN viewer AS v
LEFT JOIN masked_texts AS m ON n.event_id = m.kind AND n.candidate_id = m.candidate_id
ORDER BY n.occurred_at, n.event_id;
