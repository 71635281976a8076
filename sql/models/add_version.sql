-- The examples of a new model version were gathered.
INSERT INTO app.model_versions (
    version, model_name, score_function, features, data_version, examples, positives, holdout_examples,
    holdout_positives, history_from, holdout_from, holdout_to, requested_by, requested_at
)
VALUES (
    :version, :model_name, :score_function, :feature_names, :data_version, :examples, :positives, :holdout_examples,
    :holdout_positives, :history_from, :holdout_from, :holdout_to, :requested_by, SYSDATE
);
