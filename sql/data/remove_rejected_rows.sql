-- What is left of a file without the rows turned away?
DELETE FROM {staged}
WHERE line_number IN (
    SELECT line_number
    FROM staging.rejected_rows
);

DELETE FROM staging.rejected_rows;
