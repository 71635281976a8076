-- Which rows of a file name a posting or a candidate that neither this load nor the warehouse has?
INSERT INTO staging.rejected_rows (line_number, column_name, cell, why)
WITH known_ids AS (
    SELECT {id}
    FROM {staged_owners}
    UNION
    SELECT {id}
    FROM {stored_owners}
)

SELECT
    mentions.line_number,
    CAST(:column_name AS VARCHAR(64)) AS column_name,
    mentions.{id} AS cell,
    'unknown id: no accepted row of this load has it, and the warehouse does not have it' AS why
FROM {staged} AS mentions
LEFT JOIN known_ids ON mentions.{id} = known_ids.{id}
WHERE known_ids.{id} IS NULL;
