-- What do the statuses of postings say? CTEs, to be spliced in (include); end with read_statuses (status, is_open), of
-- which is_open is NULL where nobody knows. A status is known as a whole, or by its words if all of them are known and
-- agree ("Closed - filled"). Where two words mean both, closed is what counts.
all_statuses AS (
    SELECT DISTINCT TRUE AS is_used, status, CAST(NULL AS BOOLEAN) AS is_open
    FROM hiring.postings
    WHERE TRIM(status) <> ''
    UNION ALL
    SELECT FALSE AS is_used, status, is_open
    FROM hiring.posting_statuses
),

parted_statuses AS (
    SELECT is_used, status, is_open, REPLACE({parted status}, '`', ' ') AS body
    FROM all_statuses
),

folded_statuses AS (
    SELECT is_used, status, is_open, TRIM(REGEXP_REPLACE(body, '[ .]+', ' ')) AS body
    FROM parted_statuses
),

known_statuses AS (
    SELECT body, MIN(CASE WHEN is_open THEN 1 ELSE 0 END) = 1 AS is_open
    FROM folded_statuses
    WHERE NOT is_used
    GROUP BY body
),

statuses_in_words AS (
    SELECT f.status, CAST(word AS VARCHAR(256)) AS word
    FROM (SELECT status, SPLIT_TO_ARRAY(body, ' ') AS words FROM folded_statuses WHERE is_used) AS f, f.words AS word
),

statuses_by_words AS (
    SELECT w.status, MIN(CASE WHEN k.is_open THEN 1 ELSE 0 END) = 1 AS is_open
    FROM statuses_in_words AS w
    LEFT JOIN known_statuses AS k ON w.word = k.body
    GROUP BY w.status
    HAVING COUNT(*) = COUNT(k.body) AND MIN(CASE WHEN k.is_open THEN 1 ELSE 0 END) = MAX(CASE WHEN k.is_open THEN 1 ELSE 0 END)
),

read_statuses AS (
    SELECT f.status, COALESCE(k.is_open, w.is_open) AS is_open
    FROM folded_statuses AS f
    LEFT JOIN known_statuses AS k ON f.body = k.body
    LEFT JOIN statuses_by_words AS w ON f.status = w.status
    WHERE f.is_used
)
