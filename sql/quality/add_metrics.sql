-- How good was each scorer on a version's holdout? One row per metric, from a JSON array of them.
INSERT INTO app.model_metrics (
    judged_for, scorer, metric, value, low, high, difference, difference_low, difference_high, postings, measured_at
)
SELECT
    CAST(:judged_for AS INTEGER) AS judged_for,
    CAST(entry.scorer AS VARCHAR(32)) AS scorer,
    CAST(entry.metric AS VARCHAR(32)) AS metric,
    CAST(entry.value AS DOUBLE PRECISION) AS value,
    CAST(entry.low AS DOUBLE PRECISION) AS low,
    CAST(entry.high AS DOUBLE PRECISION) AS high,
    CAST(entry.difference AS DOUBLE PRECISION) AS difference,
    CAST(entry.difference_low AS DOUBLE PRECISION) AS difference_low,
    CAST(entry.difference_high AS DOUBLE PRECISION) AS difference_high,
    CAST(entry.postings AS BIGINT) AS postings,
    GETDATE() AS measured_at
FROM (SELECT JSON_PARSE(CAST(:rows AS VARCHAR(65535))) AS entries) AS given, given.entries AS entry;
