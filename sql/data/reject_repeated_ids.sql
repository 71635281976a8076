-- Which rows of a file have the id of an earlier row of the same file? The first one counts, the others are rejected.
INSERT INTO staging.rejected_rows (line_number, column_name, cell, why)
WITH repeated_ids AS (
    SELECT {key}
    FROM {staged}
    GROUP BY {key}
    HAVING COUNT(*) > 1
),

compared AS (
    SELECT
        line_number,
        {shown_id} AS cell,
        MIN(line_number) OVER (PARTITION BY {key}) AS first_line,
        MIN(line_number) OVER (PARTITION BY {columns}) AS first_equal_line
    FROM {staged}
    INNER JOIN repeated_ids USING ({key})
)

SELECT
    line_number,
    CAST(:column_name AS VARCHAR(64)) AS column_name,
    cell,
    CASE
        WHEN first_equal_line = first_line THEN 'repeats line ' || CAST(first_line AS VARCHAR(20))
        ELSE 'has the id of line ' || CAST(first_line AS VARCHAR(20)) || ' but other content; that line was taken'
    END AS why
FROM compared
WHERE line_number > first_line;
