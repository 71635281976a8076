-- Which jobs ran last, who asked for each, and how did it end? A run without an end is running still, or was cut short.
WITH beginnings AS (
    SELECT run_id, job, due_at, asked_by, occurred_at AS began_at
    FROM app.job_runs
    WHERE event = 'begun'
),

endings AS (
    SELECT run_id, event AS state, outcome, occurred_at AS ended_at
    FROM app.job_runs
    WHERE event <> 'begun'
)

SELECT b.run_id, b.job, b.due_at, b.asked_by, b.began_at, e.state, e.outcome, e.ended_at
FROM beginnings AS b
LEFT JOIN endings AS e ON b.run_id = e.run_id
ORDER BY b.began_at DESC, b.run_id
LIMIT :limit;
