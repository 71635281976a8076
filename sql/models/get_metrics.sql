-- How good was each scorer on the holdout of a version?
WITH
-- include: models/latest_metrics

SELECT scorer, metric, value, low, high, difference, difference_low, difference_high, postings
FROM latest_metrics
WHERE judged_for = :version
ORDER BY scorer, metric;
