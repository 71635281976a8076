-- With whom is a list shared, and with which right? The latest word on each user that nobody took back.
WITH
-- include: desk/shortlists/in_force
,
latest AS (
    SELECT
        value AS username,
        detail AS access,
        ROW_NUMBER() OVER (PARTITION BY value ORDER BY occurred_at DESC, event_id DESC) AS recency
    FROM in_force
    WHERE event = 'shared'
)

SELECT username, access
FROM latest
WHERE recency = 1 AND access <> 'none'
ORDER BY username;
