-- When does each job run by itself, since when, and who decided so? One row for each job that ever had a schedule.
WITH ranked_schedules AS (
    SELECT
        job,
        is_on,
        days,
        at_time,
        set_by,
        set_at,
        ROW_NUMBER() OVER (PARTITION BY job ORDER BY set_at DESC) AS recency
    FROM app.job_schedules
)

SELECT job, is_on, days, at_time, set_by, set_at
FROM ranked_schedules
WHERE recency = 1
ORDER BY job;
