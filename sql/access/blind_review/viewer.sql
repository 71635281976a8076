-- Does the user who asks review blind? A CTE, to be spliced in (include): viewer (is_blind), one
-- row, and blind_switches, whose rows of recency 1 say how it was last switched for the user and for everybody.
blind_switches AS (
    SELECT
        subject,
        username,
        is_on,
        reason,
        occurred_at,
        ROW_NUMBER() OVER (PARTITION BY COALESCE(subject, '') ORDER BY occurred_at DESC, event_id DESC) AS recency
    FROM app.blind_events
    WHERE subject IS NULL OR subject = :username
),

viewer AS (
    SELECT COALESCE(MAX(CASE WHEN is_on THEN 1 ELSE 0 END), 0) = 1 AS is_blind
    FROM blind_switches
    WHERE recency = 1
)
