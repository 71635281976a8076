-- What does the app run on now? The load of data that the features were made for and the number of the latest one, and the
-- versions that serve: what each reads and was made from, and how good it was on its holdout. One row per version and
-- metric. What is not there yet has no values.
WITH
-- include: models/serving
,
-- include: models/latest_metrics
,
ranked_builds AS (
    SELECT data_version, made_by, ROW_NUMBER() OVER (ORDER BY built_at DESC, data_version DESC) AS recency
    FROM app.feature_builds
),

latest_load AS (
    SELECT MAX(data_version) AS newest_version
    FROM app.data_loads
),

here AS (
    SELECT 1 AS first_row
)

SELECT
    n.newest_version,
    b.made_by,
    l.data_version AS loaded_version,
    l.loaded_at,
    l.as_of,
    l.postings AS loaded_postings,
    l.candidates,
    l.interactions,
    l.demographics,
    s.live_version,
    s.deployed_at,
    s.deployed_by,
    s.reason,
    s.challenger_version,
    s.share,
    s.set_at,
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
FROM here
CROSS JOIN latest_load AS n
LEFT JOIN ranked_builds AS b ON here.first_row = b.recency
LEFT JOIN app.data_loads AS l ON b.data_version = l.data_version
LEFT JOIN serving AS s ON here.first_row = s.recency
LEFT JOIN app.model_versions AS v ON v.version IN (s.live_version, s.challenger_version)
LEFT JOIN latest_metrics AS m ON v.version = m.judged_for
ORDER BY v.version, m.scorer, m.metric;
