-- What is on record about quality? Every metric of each version with the time of its holdout; the figures that were kept of
-- one version, of each those kept last; and the stages that candidates reach, then and now. In one answer, since a page
-- wants all of it: a row is of one of the three.
WITH
-- include: models/latest_metrics
,
-- include: quality/stage_mix
,
ranked_figures AS (
    SELECT figure, part, columns, entries, RANK() OVER (PARTITION BY figure ORDER BY kept_at DESC) AS recency
    FROM app.quality_figures
    WHERE version = :version
)

SELECT
    m.judged_for,
    m.scorer,
    m.metric,
    m.value,
    m.low,
    m.high,
    m.difference,
    m.difference_low,
    m.difference_high,
    m.postings,
    v.requested_at,
    v.holdout_from,
    v.holdout_to,
    CAST(NULL AS VARCHAR(32)) AS figure,
    CAST(NULL AS SMALLINT) AS part,
    CAST(NULL AS VARCHAR(1024)) AS columns,
    CAST(NULL AS VARCHAR(65535)) AS entries,
    CAST(NULL AS VARCHAR(32)) AS stage,
    CAST(NULL AS SMALLINT) AS stage_order,
    CAST(NULL AS BIGINT) AS events_then,
    CAST(NULL AS BIGINT) AS events_now
FROM latest_metrics AS m
INNER JOIN app.model_versions AS v ON m.judged_for = v.version
UNION ALL
SELECT
    CAST(NULL AS INTEGER) AS judged_for,
    CAST(NULL AS VARCHAR(32)) AS scorer,
    CAST(NULL AS VARCHAR(32)) AS metric,
    CAST(NULL AS DOUBLE PRECISION) AS value,
    CAST(NULL AS DOUBLE PRECISION) AS low,
    CAST(NULL AS DOUBLE PRECISION) AS high,
    CAST(NULL AS DOUBLE PRECISION) AS difference,
    CAST(NULL AS DOUBLE PRECISION) AS difference_low,
    CAST(NULL AS DOUBLE PRECISION) AS difference_high,
    CAST(NULL AS BIGINT) AS postings,
    CAST(NULL AS TIMESTAMP) AS requested_at,
    CAST(NULL AS TIMESTAMP) AS holdout_from,
    CAST(NULL AS TIMESTAMP) AS holdout_to,
    figure,
    part,
    columns,
    entries,
    CAST(NULL AS VARCHAR(32)) AS stage,
    CAST(NULL AS SMALLINT) AS stage_order,
    CAST(NULL AS BIGINT) AS events_then,
    CAST(NULL AS BIGINT) AS events_now
FROM ranked_figures
WHERE recency = 1
UNION ALL
SELECT
    CAST(NULL AS INTEGER) AS judged_for,
    CAST(NULL AS VARCHAR(32)) AS scorer,
    CAST(NULL AS VARCHAR(32)) AS metric,
    CAST(NULL AS DOUBLE PRECISION) AS value,
    CAST(NULL AS DOUBLE PRECISION) AS low,
    CAST(NULL AS DOUBLE PRECISION) AS high,
    CAST(NULL AS DOUBLE PRECISION) AS difference,
    CAST(NULL AS DOUBLE PRECISION) AS difference_low,
    CAST(NULL AS DOUBLE PRECISION) AS difference_high,
    CAST(NULL AS BIGINT) AS postings,
    CAST(NULL AS TIMESTAMP) AS requested_at,
    CAST(NULL AS TIMESTAMP) AS holdout_from,
    CAST(NULL AS TIMESTAMP) AS holdout_to,
    'stage_mix' AS figure,
    CAST(NULL AS SMALLINT) AS part,
    CAST(NULL AS VARCHAR(1024)) AS columns,
    CAST(NULL AS VARCHAR(65535)) AS entries,
    stage,
    stage_order,
    events_then,
    events_now
FROM stage_mix
ORDER BY judged_for, scorer, metric, figure, part, stage_order, stage;
