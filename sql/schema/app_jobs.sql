-- Which jobs does the running app do by itself, and when; which ran, and how did each end? Append-only: the schedule of
-- a job is its latest row, a run is over once it has a second event.
CREATE SCHEMA IF NOT EXISTS app;

-- From now on the job runs by itself at this time of the server's zone (HH:MM), on these days of the week (1 = Monday to
-- 7 = Sunday, with commas); without is_on it does not.
CREATE TABLE IF NOT EXISTS app.job_schedules (
    job VARCHAR(32) NOT NULL,
    is_on BOOLEAN NOT NULL,
    days VARCHAR(32) NOT NULL,
    at_time VARCHAR(5) NOT NULL,
    set_by VARCHAR(256) NOT NULL,
    set_at TIMESTAMP NOT NULL
)
DISTSTYLE ALL
SORTKEY (job, set_at);

-- A run began (event: begun), or ended (done, failed, stopped) with an outcome in a sentence. due_at (UTC): when the
-- schedule wanted it; NULL where somebody asked.
CREATE TABLE IF NOT EXISTS app.job_runs (
    run_id VARCHAR(32) NOT NULL,
    job VARCHAR(32) NOT NULL,
    event VARCHAR(16) NOT NULL,
    due_at TIMESTAMP,
    asked_by VARCHAR(256) NOT NULL,
    outcome VARCHAR(4096),
    occurred_at TIMESTAMP NOT NULL
)
DISTSTYLE ALL
SORTKEY (job, occurred_at);
