-- When was blind review switched on and off, by whom, for whom and why? The latest first.
SELECT occurred_at, username, subject, is_on, reason
FROM app.blind_events
ORDER BY occurred_at DESC, event_id DESC
LIMIT 100;
