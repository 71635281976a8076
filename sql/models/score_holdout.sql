-- How does a model version score each pair of the holdout?
INSERT INTO app.holdout_scores (judged_for, scorer, posting_id, candidate_id, label, score)
SELECT
    CAST(:version AS INTEGER) AS judged_for,
    CAST(:scorer AS VARCHAR(32)) AS scorer,
    h.posting_id,
    h.candidate_id,
    e.label,
    CAST({score_function}({features}) AS DOUBLE PRECISION) AS score
FROM training.examples AS e
INNER JOIN training.holdout_pairs AS h ON e.posting_key = h.posting_key AND e.candidate_key = h.candidate_key
WHERE e.is_holdout;
