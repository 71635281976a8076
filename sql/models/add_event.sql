-- Something became of a model version.
INSERT INTO app.model_events (version, state, detail, occurred_at) VALUES (:version, :state, :detail, SYSDATE);
