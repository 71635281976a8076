-- How many rows of a table have a key that another row has as well, or none? Redshift enforces no keys.
WITH counted AS (
    SELECT {key}, COUNT(*) AS times
    FROM {stored}
    GROUP BY {key}
)

SELECT
    COALESCE(SUM(CASE WHEN times > 1 THEN times - 1 ELSE 0 END), 0) AS repeated_rows,
    COALESCE(SUM(CASE WHEN {id} IS NULL THEN times ELSE 0 END), 0) AS rows_without_id
FROM counted;
