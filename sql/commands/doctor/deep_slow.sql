-- A query that takes long: it is there to be stopped.
SELECT SUM(LENGTH(MD5(CAST(x.a * y.b * z.b AS VARCHAR)))) AS n
FROM {stored} AS x
CROSS JOIN {stored} AS y
CROSS JOIN {stored} AS z
CROSS JOIN {stored} AS w;
