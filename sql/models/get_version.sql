-- What does a model version read, what was it made from, and how good was it on its holdout?
WITH
-- include: models/latest_metrics

SELECT
    v.version,
    v.model_name,
    v.score_function,
    v.features,
    v.data_version,
    v.examples,
    v.holdout_from,
    v.holdout_to,
    v.requested_at,
    m.scorer,
    m.metric,
    m.value,
    m.postings
FROM app.model_versions AS v
LEFT JOIN latest_metrics AS m ON v.version = m.judged_for
WHERE v.version = :version
ORDER BY m.scorer, m.metric;
