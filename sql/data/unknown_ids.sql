-- Of the ids that a file mentions, how many does neither this load nor the warehouse have, and what do both look like?
WITH mentioned_ids AS (
    SELECT DISTINCT {id} AS id
    FROM {staged}
),

known_ids AS (
    SELECT {id} AS id
    FROM {staged_owners}
    UNION
    SELECT {id} AS id
    FROM {stored_owners}
),

compared AS (
    SELECT
        mentioned_ids.id,
        known_ids.id AS known_id
    FROM mentioned_ids
    LEFT JOIN known_ids ON mentioned_ids.id = known_ids.id
),

looks AS (
    SELECT MIN(id) AS known_example
    FROM known_ids
)

SELECT
    COUNT(compared.id) AS mentioned,
    COUNT(compared.id) - COUNT(compared.known_id) AS unknown,
    MIN(CASE WHEN compared.known_id IS NULL THEN compared.id END) AS unknown_example,
    MIN(looks.known_example) AS known_example
FROM compared
CROSS JOIN looks;
