-- How many times as many relevant candidates as in a random tenth does each tenth of the lists hold, best first?
WITH
-- include: quality/places
,
tenths AS (
    SELECT
        scorer,
        CAST(CEIL(place * 10 / CAST(listed AS DOUBLE PRECISION)) AS INTEGER) AS tenth,
        COUNT(*) AS candidates,
        SUM(gain) AS relevant
    FROM ties
    GROUP BY scorer, CAST(CEIL(place * 10 / CAST(listed AS DOUBLE PRECISION)) AS INTEGER)
),

totals AS (
    SELECT scorer, SUM(candidates) AS candidates, SUM(relevant) AS relevant
    FROM tenths
    GROUP BY scorer
)

SELECT
    t.scorer,
    t.tenth,
    t.candidates,
    t.relevant,
    (t.relevant / t.candidates) / (a.relevant / a.candidates) AS lift,
    SUM(t.relevant / a.relevant) OVER (PARTITION BY t.scorer ORDER BY t.tenth ROWS UNBOUNDED PRECEDING) AS found_so_far
FROM tenths AS t
INNER JOIN totals AS a ON t.scorer = a.scorer
ORDER BY t.scorer, t.tenth;
