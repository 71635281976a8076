-- The features are made, for this data and by these statements.
INSERT INTO app.feature_builds (data_version, made_by, built_at) VALUES (:data_version, :made_by, SYSDATE);
