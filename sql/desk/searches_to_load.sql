-- Which saved searches can a user load? CTEs, to be spliced in (include); end with searches_to_load (search_id, username,
-- name, is_shared, filters): their own and those that others share, as last saved.
latest_searches AS (
    SELECT
        search_id,
        username,
        event,
        name,
        is_shared,
        filters,
        ROW_NUMBER() OVER (PARTITION BY search_id ORDER BY occurred_at DESC, event_id DESC) AS recency
    FROM app.search_events
),

searches_to_load AS (
    SELECT search_id, username, name, is_shared, filters
    FROM latest_searches
    WHERE recency = 1 AND event = 'saved' AND (username = :username OR is_shared)
)
