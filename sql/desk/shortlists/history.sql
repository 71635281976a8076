-- What happened to a list, or to one person on it, who did it, and was it taken back? Newest first.
WITH taken_back AS (
    SELECT undoes, MIN(username) AS undone_by
    FROM app.shortlist_events
    WHERE shortlist_id = :shortlist_id AND event = 'undone'
    GROUP BY undoes
),

-- One row for each click, however many people it was about.
actions AS (
    SELECT
        event_id,
        occurred_at,
        username,
        event,
        COUNT(*) AS people,
        MIN(candidate_id) AS candidate_id,
        MAX(value) AS value,
        MAX(detail) AS detail
    FROM app.shortlist_events
    WHERE
        shortlist_id = :shortlist_id
        AND event <> 'undone'
        AND (CAST(:candidate_id AS VARCHAR(64)) IS NULL OR candidate_id = :candidate_id)
    GROUP BY event_id, occurred_at, username, event
),

-- include: access/blind_review/viewer
,
texts_to_mask AS (
    SELECT a.candidate_id, 'value ' || a.event_id AS kind, a.value AS body
    FROM actions AS a
    INNER JOIN viewer AS v ON v.is_blind
    WHERE a.candidate_id IS NOT NULL
    UNION ALL
    SELECT a.candidate_id, 'detail ' || a.event_id AS kind, a.detail AS body
    FROM actions AS a
    INNER JOIN viewer AS v ON v.is_blind
    WHERE a.candidate_id IS NOT NULL
),

-- include: access/blind_review/masked_texts


SELECT
    a.event_id,
    a.occurred_at,
    a.username,
    a.event,
    a.people,
    a.candidate_id,
    CASE WHEN v.is_blind THEN 'Candidate ' || UPPER(SUBSTRING(MD5(a.candidate_id), 1, 6)) ELSE c.name END AS name,
    CASE WHEN v.is_blind AND a.candidate_id IS NOT NULL THEN mv.body ELSE a.value END AS value,
    CASE WHEN v.is_blind AND a.candidate_id IS NOT NULL THEN md.body ELSE a.detail END AS detail,
    t.undoes IS NOT NULL AS is_undone,
    t.undone_by
FROM actions AS a
CROSS JOIN viewer AS v
LEFT JOIN masked_texts AS mv ON mv.kind = 'value ' || a.event_id
LEFT JOIN masked_texts AS md ON md.kind = 'detail ' || a.event_id
LEFT JOIN taken_back AS t ON a.event_id = t.undoes
LEFT JOIN hiring.candidates AS c ON a.candidate_id = c.candidate_id
ORDER BY a.occurred_at DESC, a.event_id DESC
LIMIT :limit;
