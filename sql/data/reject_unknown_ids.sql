-- Which rows of a file name a posting or a candidate that neither this load nor the warehouse has?
INSERT INTO staging.rejected_rows (row_index, column_name, cell, why)
WITH known_ids AS (
    SELECT {id}
    FROM {staged_owners}
    UNION
    SELECT {id}
    FROM {stored_owners}
)

SELECT
    mentions.row_index,
    CAST(:column_name AS VARCHAR(64)) AS column_name,
    mentions.{id} AS cell,
    'unknown id' AS why
FROM {staged} AS mentions
LEFT JOIN known_ids ON mentions.{id} = known_ids.{id}
WHERE known_ids.{id} IS NULL;
