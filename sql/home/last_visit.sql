-- When did a user last look in? No row before the first visit.
SELECT visited_at
FROM app.visits
WHERE username = :username
ORDER BY visited_at DESC
LIMIT 1;
