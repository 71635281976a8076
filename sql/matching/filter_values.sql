-- What is there to filter by? Values that occur, the most used first in each kind.
WITH texts_to_mask AS (
    SELECT CAST(NULL AS VARCHAR(64)) AS candidate_id, label AS kind, label AS body
    FROM features.value_keys
    WHERE kind = 'education' AND :blind
),

-- include: access/blind_review/masked_texts
,
all_values AS (
-- include each, UNION ALL between: choices
),

ranked_values AS (
    SELECT kind, label, ROW_NUMBER() OVER (PARTITION BY kind ORDER BY uses DESC, label) AS use_rank
    FROM all_values
)

SELECT kind, label
FROM ranked_values
WHERE use_rank <= CASE WHEN kind = 'place' THEN 1000 ELSE 500 END
ORDER BY kind, use_rank;
