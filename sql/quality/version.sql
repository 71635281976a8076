-- What is a version: its model, the features it takes, what it was trained and judged on?
SELECT
    version, model_name, score_function, features, data_version, examples, positives, history_from, holdout_from, holdout_to,
    requested_by, requested_at
FROM app.model_versions
WHERE version = :version;
