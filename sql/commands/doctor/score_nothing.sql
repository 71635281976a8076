-- May this login execute a model? No row is scored.
SELECT {score_function}({features}) AS score
FROM {typical}
WHERE 1 = 0;
