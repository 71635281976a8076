-- Which load can be taken back, and what did it add and replace?
WITH last_load AS (
    SELECT MAX(data_version) AS data_version
    FROM app.data_loads
),

written AS (
    SELECT 'postings' AS table_name, COUNT(*) AS rows_written FROM staging.written_postings
    UNION ALL
    SELECT 'candidates' AS table_name, COUNT(*) AS rows_written FROM staging.written_candidates
    UNION ALL
    SELECT 'interactions' AS table_name, COUNT(*) AS rows_written FROM staging.written_interactions
    UNION ALL
    SELECT 'demographics' AS table_name, COUNT(*) AS rows_written FROM staging.written_demographics
),

replaced AS (
    SELECT 'postings' AS table_name, COUNT(*) AS rows_replaced FROM staging.undo_postings
    UNION ALL
    SELECT 'candidates' AS table_name, COUNT(*) AS rows_replaced FROM staging.undo_candidates
    UNION ALL
    SELECT 'interactions' AS table_name, COUNT(*) AS rows_replaced FROM staging.undo_interactions
    UNION ALL
    SELECT 'demographics' AS table_name, COUNT(*) AS rows_replaced FROM staging.undo_demographics
)

SELECT
    undo_load.data_version,
    written.table_name,
    written.rows_written - replaced.rows_replaced AS rows_added,
    replaced.rows_replaced
FROM staging.undo_load
INNER JOIN last_load ON undo_load.data_version = last_load.data_version
CROSS JOIN written
INNER JOIN replaced ON written.table_name = replaced.table_name
ORDER BY written.table_name;
