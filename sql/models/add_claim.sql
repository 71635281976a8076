-- Somebody takes the next step of a version, is still at it, or lets go of it.
INSERT INTO app.model_claims (version, claim_id, event, claimed_by, progress, occurred_at)
VALUES (:version, :claim_id, :event, :claimed_by, :progress, SYSDATE);
