-- How often did the next step of a version go wrong in its present state?
SELECT COUNT(*) AS failures
FROM app.model_events
WHERE version = :version AND state = :state AND detail IS NOT NULL;
