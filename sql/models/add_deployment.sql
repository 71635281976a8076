-- A model version goes live.
INSERT INTO app.deployments (version, deployed_by, reason, deployed_at) VALUES (:version, :deployed_by, :reason, SYSDATE);
