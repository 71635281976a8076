-- Which candidates does the recruiter mean? CTEs, to be spliced in (include) after searchable (found_id, body); end with
-- best (candidate_id, last_event_at, place). Who has this number, or begins so by name or headline, comes first, then
-- those with whom something happened last. In a blind review names and headlines decide nothing.
-- include: matching/searched_for
,
ranked_hits AS (
    SELECT
        h.found_id AS candidate_id,
        f.last_event_at,
        ROW_NUMBER() OVER (
            ORDER BY
                CASE
                    WHEN c.candidate_id = :text THEN 0
                    WHEN :blind THEN 2
                    WHEN POSITION(LOWER(CAST(:text AS VARCHAR(1024))) IN LOWER(c.name)) = 1 THEN 0
                    WHEN POSITION(LOWER(CAST(:text AS VARCHAR(1024))) IN LOWER(c.headline)) = 1 THEN 1
                    ELSE 2
                END,
                COALESCE(f.last_event_at, CAST('1900-01-01' AS TIMESTAMP)) DESC,
                h.found_id
        ) AS place
    FROM hits AS h
    INNER JOIN hiring.candidates AS c ON h.found_id = c.candidate_id
    INNER JOIN features.candidate_facts AS f ON h.found_id = f.candidate_id
),

best AS (
    SELECT candidate_id, last_event_at, place
    FROM ranked_hits
    WHERE place <= :limit
)
