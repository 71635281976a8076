-- What is a version: its model, the features it takes, what was chosen for it, what it was trained and judged on?
SELECT
    v.version,
    v.model_name,
    v.score_function,
    v.features,
    v.data_version,
    v.examples,
    v.positives,
    v.history_from,
    v.holdout_from,
    v.holdout_to,
    v.requested_by,
    v.requested_at,
    r.choices,
    r.note
FROM app.model_versions AS v
LEFT JOIN app.training_requests AS r ON v.version = r.version
WHERE v.version = :version;
