-- From when to when does the history reach, and how much is in it?
SELECT
    MIN(occurred_at) AS first_at,
    MAX(occurred_at) AS last_at,
    COUNT(*) AS events,
    SUM(CASE WHEN target >= 0.5 THEN 1 ELSE 0 END) AS relevant_events
FROM features.events;
