-- Somebody asks for a training.
INSERT INTO app.training_requests (version, choices, note, requested_by, requested_at)
VALUES (:version, :choices, :note, :requested_by, SYSDATE);
