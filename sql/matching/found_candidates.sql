-- Which candidates does the recruiter mean? CTEs, to be spliced in (include) after searchable (found_key, part, body); end
-- with best (candidate_id, last_event_at, place). Those with the fewest mistakes first, of these who has this number or
-- a name that begins as typed, then whose headline does, then those with whom something happened last.
-- include: matching/searched_for
,
placed AS (
    SELECT
        h.found_key,
        MIN(
            CASE
                WHEN s.part = 'id' AND s.body = :text THEN 0
                WHEN s.part = 'name' AND POSITION(CAST(:text AS VARCHAR(65535)) IN s.body) = 1 THEN 0
                WHEN s.part = 'headline' AND POSITION(CAST(:text AS VARCHAR(65535)) IN s.body) = 1 THEN 1
                ELSE 2
            END
        ) AS place
    FROM hits AS h
    INNER JOIN searchable AS s ON h.found_key = s.found_key
    WHERE :text <> '' AND s.part IN ('name', 'headline', 'id')
    GROUP BY h.found_key
),

ranked_hits AS (
    SELECT
        f.candidate_id,
        f.last_event_at,
        ROW_NUMBER() OVER (
            ORDER BY
                h.mistakes,
                COALESCE(p.place, 2),
                COALESCE(f.last_event_at, CAST('1900-01-01' AS TIMESTAMP)) DESC,
                f.candidate_id
        ) AS place
    FROM hits AS h
    LEFT JOIN placed AS p ON h.found_key = p.found_key
    INNER JOIN features.candidate_facts AS f ON h.found_key = f.candidate_key
),

best AS (
    SELECT candidate_id, last_event_at, place
    FROM ranked_hits
    WHERE place <= :limit
)
