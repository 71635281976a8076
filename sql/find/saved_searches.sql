-- Which searches can a user load? Their own and those that others share, as last saved.
WITH latest AS (
    SELECT
        search_id,
        username,
        event,
        name,
        is_shared,
        filters,
        ROW_NUMBER() OVER (PARTITION BY search_id ORDER BY occurred_at DESC, event_id DESC) AS recency
    FROM app.search_events
)

SELECT search_id, username, name, is_shared, filters
FROM latest
WHERE recency = 1 AND event = 'saved' AND (username = :username OR is_shared)
ORDER BY LOWER(name), username, search_id;
