-- Does a recruiter review blind, by own choice or because an admin asks it of everybody? No row: nobody ever said so.
WITH latest AS (
    SELECT
        subject,
        username,
        is_on,
        reason,
        occurred_at,
        ROW_NUMBER() OVER (PARTITION BY COALESCE(subject, '') ORDER BY occurred_at DESC, event_id DESC) AS recency
    FROM app.blind_events
    WHERE subject IS NULL OR subject = :username
)

SELECT
    subject IS NULL AS is_everybody,
    username,
    is_on,
    reason,
    occurred_at
FROM latest
WHERE recency = 1;
