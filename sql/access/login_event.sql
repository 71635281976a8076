-- Writes down that a name was tried (attempt), got in (success) or was locked (lock).
INSERT INTO app.login_events (name_hash, event, occurred_at)
VALUES (:name_hash, :event, :occurred_at);
