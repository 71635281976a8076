-- A thousand examples with a plain rule, for a trial training: the label follows from a and b.
CREATE TABLE {stored} AS
WITH digits AS (
    SELECT 0 AS d
    UNION ALL SELECT 1 AS d
    UNION ALL SELECT 2 AS d
    UNION ALL SELECT 3 AS d
    UNION ALL SELECT 4 AS d
    UNION ALL SELECT 5 AS d
    UNION ALL SELECT 6 AS d
    UNION ALL SELECT 7 AS d
    UNION ALL SELECT 8 AS d
    UNION ALL SELECT 9 AS d
)

SELECT
    CAST(x.d AS REAL) AS a,
    CAST(10 * y.d + z.d AS REAL) AS b,
    CAST(CASE WHEN x.d + y.d > 9 THEN 1 ELSE 0 END AS DOUBLE PRECISION) AS label
FROM digits AS x
CROSS JOIN digits AS y
CROSS JOIN digits AS z;
