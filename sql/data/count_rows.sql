-- How many rows has a file left, and how many of them have an id that the warehouse knows?
WITH staged_rows AS (
    SELECT COUNT(*) AS all_rows
    FROM {staged}
),

known_rows AS (
    SELECT COUNT(*) AS known_rows
    FROM {staged} AS staged_table
    INNER JOIN {stored} AS stored_table USING ({key})
)

SELECT
    staged_rows.all_rows,
    known_rows.known_rows
FROM staged_rows
CROSS JOIN known_rows;
