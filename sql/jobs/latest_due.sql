-- Up to which moment of its schedule was each job begun?
SELECT job, MAX(due_at) AS due_at
FROM app.job_runs
WHERE event = 'begun' AND due_at IS NOT NULL
GROUP BY job
ORDER BY job;
