-- From now on a job runs by itself at this time on these days, or no longer.
INSERT INTO app.job_schedules (job, is_on, days, at_time, set_by, set_at)
VALUES (:job, :is_on, :days, :at_time, :set_by, SYSDATE);
