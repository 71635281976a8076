-- Which rows has the warehouse turned away, and why?
SELECT
    row_index,
    column_name,
    cell,
    why,
    other_row
FROM staging.rejected_rows
ORDER BY row_index, column_name;
