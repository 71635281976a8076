-- What is left of a file without the rows that the warehouse holds already, cell for cell?
DELETE FROM {staged}
WHERE ({key}) IN (
    SELECT {key}
    FROM (
        SELECT {columns}
        FROM {staged}
        INTERSECT
        SELECT {columns}
        FROM {stored}
    ) AS unchanged_rows
);
