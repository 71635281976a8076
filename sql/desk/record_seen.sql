-- Writes down that a user opened the details of a candidate.
INSERT INTO app.details_opened (opened_at, username, posting_id, candidate_id)
VALUES (SYSDATE, :username, :posting_id, :candidate_id);
