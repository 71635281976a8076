-- Which event of a list would a user take back: their latest, or the one named? One row, or none if there is none that
-- is theirs, still counts and can be taken back.
WITH
-- include: desk/shortlists/in_force

SELECT event_id, event, MAX(occurred_at) AS occurred_at, COUNT(*) AS people
FROM in_force
WHERE
    username = :username
    AND event <> 'created'
    AND (CAST(:event_id AS VARCHAR(32)) IS NULL OR event_id = :event_id)
GROUP BY event_id, event
ORDER BY occurred_at DESC, event_id DESC
LIMIT 1;
