-- Writes down that a user looks in.
INSERT INTO app.visits (visited_at, username)
VALUES (SYSDATE, :username);
