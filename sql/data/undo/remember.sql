-- Which rows is this load about to replace, and which keys does it write?
INSERT INTO {before} ({columns})
SELECT {columns}
FROM {stored}
INNER JOIN (
    SELECT {key}
    FROM {staged}
) AS incoming USING ({key});

INSERT INTO {written} ({key})
SELECT {key}
FROM {staged};
