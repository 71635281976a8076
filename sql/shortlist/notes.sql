-- Which notes are there about the people on a list, or about one of them? Those that nobody took back, oldest first.
WITH
-- include: shortlist/in_force

SELECT candidate_id, event_id, occurred_at, username, value AS note
FROM in_force
WHERE event = 'note' AND (:candidate_id IS NULL OR candidate_id = :candidate_id)
ORDER BY occurred_at, event_id;
