-- Was the holdout of a version scored already?
SELECT COUNT(*) AS holdout_scores
FROM app.holdout_scores
WHERE judged_for = :version;
