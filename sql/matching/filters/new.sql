-- Who is new to this posting? Known are those who were put forward for it, or were rejected, contacted or marked as not
-- for it. One row for each candidate. After decided_here.
-- part of: filters
SELECT
    CAST('new' AS VARCHAR(16)) AS filter,
    CAST(NULL AS VARCHAR(65535)) AS value,
    c.candidate_key,
    CASE WHEN k.candidate_key IS NULL THEN 0 ELSE 1 END AS failed
FROM features.candidate_facts AS c
LEFT JOIN (
    SELECT e.candidate_key
    FROM features.events AS e
    INNER JOIN targets AS t ON e.posting_key = t.posting_key
    WHERE e.target >= 0.5
    UNION
    SELECT f.candidate_key
    FROM decided_here AS d
    INNER JOIN features.candidate_facts AS f ON d.candidate_id = f.candidate_id
    WHERE d.recency = 1 AND d.decision IN ('rejected', 'contacted', 'not_for_posting')
) AS k ON c.candidate_key = k.candidate_key
