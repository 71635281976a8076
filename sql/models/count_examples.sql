-- How many examples are there to learn from, and to be judged on?
SELECT
    COALESCE(SUM(CASE WHEN NOT is_holdout THEN 1 ELSE 0 END), 0) AS examples,
    COALESCE(SUM(CASE WHEN NOT is_holdout AND label >= 0.5 THEN 1 ELSE 0 END), 0) AS positives,
    COALESCE(SUM(CASE WHEN is_holdout THEN 1 ELSE 0 END), 0) AS holdout_examples,
    COALESCE(SUM(CASE WHEN is_holdout AND label >= 0.5 THEN 1 ELSE 0 END), 0) AS holdout_positives
FROM training.examples;
