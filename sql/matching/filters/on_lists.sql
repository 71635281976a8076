-- Who is on one of the lists asked for? One row for each candidate. After my_lists.
-- part of: filters
SELECT
    CAST('on_lists' AS VARCHAR(16)) AS filter,
    CAST(NULL AS VARCHAR(65535)) AS value,
    c.candidate_key,
    CASE WHEN m.candidate_id IS NULL THEN 1 ELSE 0 END AS failed
FROM features.candidate_facts AS c
LEFT JOIN (
    SELECT DISTINCT candidate_id
    FROM my_members
    WHERE POSITION(';' || shortlist_id || ';' IN CAST(:on_lists AS VARCHAR(65535))) > 0
) AS m ON c.candidate_id = m.candidate_id
