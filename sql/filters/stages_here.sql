-- Whose last stage on this posting is one of those asked for? One row for each candidate.
SELECT
    CAST('stages_here' AS VARCHAR(16)) AS filter,
    CAST(NULL AS VARCHAR(65535)) AS value,
    c.candidate_key,
    CASE WHEN POSITION(';' || s.stage || ';' IN CAST(:stages_here AS VARCHAR(65535))) > 0 THEN 0 ELSE 1 END AS failed
FROM features.candidate_facts AS c
LEFT JOIN (
    SELECT
        e.candidate_key,
        e.stage,
        ROW_NUMBER() OVER (PARTITION BY e.candidate_key ORDER BY e.occurred_at DESC, e.stage_order DESC) AS recency
    FROM features.events AS e
    INNER JOIN targets AS t ON e.posting_key = t.posting_key
) AS s ON c.candidate_key = s.candidate_key AND s.recency = 1
