-- May this login read these columns of a table or view? No row comes back.
SELECT {columns}
FROM {stored}
WHERE 1 = 0;
