-- Which rows of a file have the id of an earlier row of the same file? The first one counts, the others are rejected.
INSERT INTO staging.rejected_rows (row_index, column_name, cell, why, other_row)
WITH repeated_ids AS (
    SELECT {key}
    FROM {staged}
    GROUP BY {key}
    HAVING COUNT(*) > 1
),

compared AS (
    SELECT
        row_index,
        {shown_id} AS cell,
        MIN(row_index) OVER (PARTITION BY {key}) AS first_row,
        MIN(row_index) OVER (PARTITION BY {columns}) AS first_equal_row
    FROM {staged}
    INNER JOIN repeated_ids USING ({key})
)

SELECT
    row_index,
    CAST(:column_name AS VARCHAR(64)) AS column_name,
    cell,
    CASE
        WHEN first_equal_row = first_row THEN 'repeats'
        ELSE 'other content'
    END AS why,
    first_row AS other_row
FROM compared
WHERE row_index > first_row;
