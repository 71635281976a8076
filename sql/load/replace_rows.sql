-- What does the table hold once the rows of a file have taken the place of those with the same id?
DELETE FROM {stored}
WHERE ({key}) IN (
    SELECT {key}
    FROM {staged}
);

INSERT INTO {stored} ({columns})
SELECT {columns}
FROM {staged};
