-- Writes down who did something worth remembering, to what, and how.
INSERT INTO app.audit_log (event_id, occurred_at, username, action, subject, detail)
VALUES (:event_id, SYSDATE, :username, :action, :subject, :detail);
