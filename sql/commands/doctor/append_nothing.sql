-- May this login append to a table? No row is added.
INSERT INTO {stored}
SELECT *
FROM {stored}
WHERE 1 = 0;
