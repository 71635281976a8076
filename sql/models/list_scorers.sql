-- Who scored the holdout of a version?
SELECT DISTINCT scorer
FROM app.holdout_scores
WHERE judged_for = :version
ORDER BY scorer;
