-- Who did what that is worth remembering? The latest first.
SELECT occurred_at, username, action, subject, detail
FROM app.audit_log
ORDER BY occurred_at DESC, event_id
LIMIT :limit;
