-- Which candidates does the recruiter mean? CTEs, to be spliced in (include) after searchable (found_id, body); end with
-- best (candidate_id, last_activity, place). Who has this number, or begins so by name or headline, comes first, then
-- those with whom something happened last. In a blind review names and headlines decide nothing.
-- include: match/searched_for
,
last_events AS (
    SELECT candidate_id, MAX(occurred_at) AS last_activity
    FROM hiring.interactions
    GROUP BY candidate_id
),

ranked_hits AS (
    SELECT
        h.found_id AS candidate_id,
        l.last_activity,
        ROW_NUMBER() OVER (
            ORDER BY
                CASE
                    WHEN c.candidate_id = :text THEN 0
                    WHEN :blind THEN 2
                    WHEN POSITION(LOWER(CAST(:text AS VARCHAR(1024))) IN LOWER(c.name)) = 1 THEN 0
                    WHEN POSITION(LOWER(CAST(:text AS VARCHAR(1024))) IN LOWER(c.headline)) = 1 THEN 1
                    ELSE 2
                END,
                COALESCE(l.last_activity, CAST('1900-01-01' AS TIMESTAMP)) DESC,
                h.found_id
        ) AS place
    FROM hits AS h
    INNER JOIN hiring.candidates AS c ON h.found_id = c.candidate_id
    LEFT JOIN last_events AS l ON h.found_id = l.candidate_id
),

best AS (
    SELECT candidate_id, last_activity, place
    FROM ranked_hits
    WHERE place <= :limit
)
