-- When had which part of all pairs come about? For each share asked for (a JSON array), the day of the first pair after
-- it. A pair comes about with its first event; those that came to nothing but views do not count.
WITH wanted AS (
    SELECT CAST(entry AS DOUBLE PRECISION) AS share
    FROM (SELECT JSON_PARSE(CAST(:shares AS VARCHAR(65535))) AS entries) AS given, given.entries AS entry
),

began AS (
    SELECT MIN(occurred_at) AS began_at
    FROM features.events
    GROUP BY posting_key, candidate_key
    HAVING MAX(target) >= 0.5
),

in_order AS (
    SELECT began_at, ROW_NUMBER() OVER (ORDER BY began_at) - 1 AS place, COUNT(*) OVER () AS pairs
    FROM began
)

SELECT w.share, MIN(o.began_at) AS moment
FROM wanted AS w
INNER JOIN in_order AS o ON o.place >= w.share * o.pairs
GROUP BY w.share
ORDER BY w.share DESC;
