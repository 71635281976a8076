-- Which rows has the warehouse turned away, and why?
SELECT
    line_number,
    column_name,
    cell,
    why
FROM staging.rejected_rows
ORDER BY line_number, column_name;
