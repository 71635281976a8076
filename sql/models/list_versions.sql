-- Which model versions were asked for, by whom and why, what became of each, on which data, and when was it made live?
-- A row for each time it was; the newest version first.
WITH
-- include: models/states
,
times AS (
    SELECT
        version,
        MIN(CASE WHEN state = 'training' THEN occurred_at END) AS training_since,
        MIN(CASE WHEN state = 'ready' THEN occurred_at END) AS ready_since,
        SUM(CASE WHEN state = 'dropped' THEN 1 ELSE 0 END) AS drops
    FROM app.model_events
    GROUP BY version
),

facts AS (
    SELECT
        version,
        MAX(model_name) AS model_name,
        MAX(score_function) AS score_function,
        MAX(features) AS features,
        MAX(data_version) AS data_version,
        MAX(examples) AS examples,
        MAX(positives) AS positives,
        MAX(holdout_examples) AS holdout_examples,
        MAX(holdout_positives) AS holdout_positives,
        MAX(history_from) AS history_from,
        MAX(holdout_from) AS holdout_from,
        MAX(holdout_to) AS holdout_to
    FROM app.model_versions
    GROUP BY version
),

-- Features without any value among what was learnt from.
unknown_features AS (
    SELECT version, LISTAGG(feature, ',') WITHIN GROUP (ORDER BY feature) AS features
    FROM app.feature_bins
    WHERE bin = 0 AND learned_share >= 1
    GROUP BY version
)

SELECT
    r.version,
    r.choices,
    r.note,
    r.requested_by,
    r.requested_at,
    s.state,
    s.detail,
    s.occurred_at AS state_since,
    t.training_since,
    t.ready_since,
    COALESCE(t.drops, 0) > 0 AS dropped,
    f.model_name,
    f.score_function,
    f.features,
    f.data_version,
    f.examples,
    f.positives,
    f.holdout_examples,
    f.holdout_positives,
    f.history_from,
    f.holdout_from,
    f.holdout_to,
    u.features AS unknown_features,
    l.postings AS loaded_postings,
    l.candidates AS loaded_candidates,
    l.interactions AS loaded_interactions,
    d.deployed_at,
    d.deployed_by,
    d.reason AS deployed_why
FROM app.training_requests AS r
INNER JOIN states AS s ON r.version = s.version
LEFT JOIN times AS t ON r.version = t.version
LEFT JOIN facts AS f ON r.version = f.version
LEFT JOIN unknown_features AS u ON r.version = u.version
LEFT JOIN app.data_loads AS l ON f.data_version = l.data_version
LEFT JOIN app.deployments AS d ON r.version = d.version
ORDER BY r.version DESC, d.deployed_at;
