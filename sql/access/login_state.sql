-- One row for one name: when it was last locked, and how often it was tried since its last success or lock.
SELECT
    marks.locked_at,
    COUNT(tries.occurred_at) AS attempts
FROM (
    SELECT
        MAX(CASE WHEN event = 'lock' THEN occurred_at END) AS locked_at,
        MAX(CASE WHEN event <> 'attempt' THEN occurred_at END) AS counted_from
    FROM app.login_events
    WHERE name_hash = :name_hash
) AS marks
LEFT JOIN app.login_events AS tries
    ON
        tries.name_hash = :name_hash
        AND tries.event = 'attempt'
        AND tries.occurred_at > :since
        AND (marks.counted_from IS NULL OR tries.occurred_at > marks.counted_from)
GROUP BY marks.locked_at
