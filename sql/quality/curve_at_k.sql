-- How many of the relevant candidates are among the first k, and how many of the first k are relevant? The mean over
-- postings, for k from 1 to 50 and each scorer. A list shorter than k counts with all that it has.
WITH
-- include: quality/places
,
depths AS (
    SELECT DISTINCT place AS depth
    FROM ties
    WHERE place <= 50
),

lists AS (
    SELECT scorer, posting_id, MAX(listed) AS listed, MAX(all_relevant) AS relevant
    FROM ties
    GROUP BY scorer, posting_id
),

hits AS (
    SELECT
        scorer,
        posting_id,
        place,
        SUM(gain) OVER (PARTITION BY scorer, posting_id ORDER BY place ROWS UNBOUNDED PRECEDING) AS found
    FROM ties
    WHERE place <= 50
)

SELECT
    l.scorer,
    d.depth,
    COUNT(*) AS postings,
    AVG(h.found / l.relevant) AS recall,
    AVG(h.found / LEAST(d.depth, l.listed)) AS precision_at_depth
FROM lists AS l
CROSS JOIN depths AS d
INNER JOIN hits AS h
    ON l.scorer = h.scorer AND l.posting_id = h.posting_id AND h.place = LEAST(d.depth, l.listed)
GROUP BY l.scorer, d.depth
ORDER BY l.scorer, d.depth;
