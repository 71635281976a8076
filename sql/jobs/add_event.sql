-- A run of a job begins, or ends with this outcome.
INSERT INTO app.job_runs (run_id, job, event, due_at, asked_by, outcome, occurred_at)
VALUES (:run_id, :job, :event, :due_at, :asked_by, :outcome, SYSDATE);
