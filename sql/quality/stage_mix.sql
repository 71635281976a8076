-- Which stages do candidates reach in the last 60 days, beside the year before a version's holdout? A list of CTEs to be
-- spliced in (include). Ends with stage_mix.
stage_periods AS (
    SELECT 'then' AS period, DATEADD(year, -1, v.holdout_from) AS begins, v.holdout_from AS ends
    FROM app.model_versions AS v
    WHERE v.version = :version
    UNION ALL
    SELECT 'now' AS period, DATEADD(day, -60, clock.as_of) AS begins, clock.as_of AS ends
    FROM features.clock AS clock
),

stage_counts AS (
    SELECT p.period, e.stage, e.stage_order, COUNT(*) AS events
    FROM stage_periods AS p
    INNER JOIN features.events AS e ON e.occurred_at >= p.begins AND e.occurred_at < p.ends
    GROUP BY p.period, e.stage, e.stage_order
),

stage_mix AS (
    SELECT
        stage,
        stage_order,
        SUM(CASE WHEN period = 'then' THEN events ELSE 0 END) AS events_then,
        SUM(CASE WHEN period = 'now' THEN events ELSE 0 END) AS events_now
    FROM stage_counts
    GROUP BY stage, stage_order
)
