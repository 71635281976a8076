-- Writes down that blind review was switched on or off, for one recruiter or for everybody.
INSERT INTO app.blind_events (event_id, occurred_at, username, subject, is_on, reason)
VALUES (:event_id, SYSDATE, :username, :subject, :is_on, :reason);
