-- A new model version was asked for.
INSERT INTO app.model_versions (
    version, model_name, score_function, features, data_version, examples, positives, holdout_from, holdout_to,
    requested_by, requested_at
)
VALUES (
    :version, :model_name, :score_function, :feature_names, :data_version, :examples, :positives, :holdout_from,
    :holdout_to, :requested_by, GETDATE()
);
