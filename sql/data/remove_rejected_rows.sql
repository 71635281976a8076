-- What is left of a file without the rows turned away?
DELETE FROM {staged}
WHERE row_index IN (
    SELECT row_index
    FROM staging.rejected_rows
);

DELETE FROM staging.rejected_rows;
