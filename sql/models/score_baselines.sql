-- How would plain ways of sorting place each pair of the holdout? By chance (the same for the same data), by how often the
-- candidate was put forward before, and by how much posting and candidate have the same words.
INSERT INTO app.holdout_scores (judged_for, scorer, posting_id, candidate_id, label, score)
WITH pairs AS (
    SELECT
        h.posting_id,
        h.candidate_id,
        e.label,
        STRTOL(SUBSTRING(MD5(h.posting_id || '/' || h.candidate_id), 1, 8), 16) / 4294967296.0 AS chance,
        COALESCE(e.times_put_forward, 0) AS times_put_forward,
        COALESCE(e.total_similarity, 0) + COALESCE(e.own_similarity, 0) AS similarity
    FROM training.examples AS e
    INNER JOIN training.holdout_pairs AS h ON e.posting_key = h.posting_key AND e.candidate_key = h.candidate_key
    WHERE e.is_holdout
)

SELECT CAST(:version AS INTEGER) AS judged_for, 'random' AS scorer, posting_id, candidate_id, label, CAST(chance AS DOUBLE PRECISION) AS score
FROM pairs
UNION ALL
SELECT
    CAST(:version AS INTEGER) AS judged_for,
    'popularity' AS scorer,
    posting_id,
    candidate_id,
    label,
    CAST(times_put_forward AS DOUBLE PRECISION) AS score
FROM pairs
UNION ALL
SELECT
    CAST(:version AS INTEGER) AS judged_for,
    'text similarity' AS scorer,
    posting_id,
    candidate_id,
    label,
    CAST(similarity AS DOUBLE PRECISION) AS score
FROM pairs;
