-- What is left of a file without the rows that the warehouse holds already, cell for cell?
DELETE FROM {staged}
WHERE row_index IN (
    SELECT staged_rows.row_index
    FROM {staged} AS staged_rows
    INNER JOIN (
        SELECT {columns}
        FROM {staged}
        INTERSECT
        SELECT {columns}
        FROM {stored}
    ) AS unchanged_rows USING ({key})
);
