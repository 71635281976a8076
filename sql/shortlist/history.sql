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
        AND (:candidate_id IS NULL OR candidate_id = :candidate_id)
    GROUP BY event_id, occurred_at, username, event
)

SELECT
    a.event_id,
    a.occurred_at,
    a.username,
    a.event,
    a.people,
    a.candidate_id,
    c.name,
    a.value,
    a.detail,
    t.undoes IS NOT NULL AS is_undone,
    t.undone_by
FROM actions AS a
LEFT JOIN taken_back AS t ON a.event_id = t.undoes
LEFT JOIN hiring.candidates AS c ON a.candidate_id = c.candidate_id
ORDER BY a.occurred_at DESC, a.event_id DESC
LIMIT :limit;
