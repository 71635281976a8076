-- Which of the shortlists that a user sees did others change since a moment, and how often? The latest first.
WITH
-- include: desk/my_lists

SELECT
    l.shortlist_id,
    l.name,
    COUNT(DISTINCT e.event_id) AS changes,
    COUNT(DISTINCT e.username) AS people,
    MIN(e.username) AS username,
    MAX(e.occurred_at) AS changed_at
FROM my_lists AS l
INNER JOIN app.shortlist_events AS e ON l.shortlist_id = e.shortlist_id
WHERE e.username <> :username AND e.occurred_at > CAST(:since AS TIMESTAMP) AND NOT l.is_archived
GROUP BY l.shortlist_id, l.name
ORDER BY changed_at DESC, l.shortlist_id
LIMIT 8;
