-- Which names were locked since a moment: how often, and when last?
SELECT
    name_hash,
    COUNT(*) AS locks,
    MAX(occurred_at) AS locked_at
FROM app.login_events
WHERE
    event = 'lock'
    AND occurred_at > :since
GROUP BY name_hash
ORDER BY locked_at DESC, name_hash
