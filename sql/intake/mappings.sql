-- How was each source read the last time?
WITH in_order AS (
    SELECT
        source,
        mapping,
        saved_by,
        saved_at,
        ROW_NUMBER() OVER (PARTITION BY source ORDER BY saved_at DESC) AS newest_first
    FROM app.data_mappings
)

SELECT
    source,
    mapping,
    saved_by,
    saved_at
FROM in_order
WHERE newest_first = 1
ORDER BY source;
