-- What does the table hold with the rows of a file added?
INSERT INTO {stored} ({columns})
SELECT {columns}
FROM {staged};
