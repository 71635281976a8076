-- How many examples would looks back from some moments give? Of each posting to which somebody came after such a moment: the
-- candidates with whom something happened, how many of them did well, and how many others would be drawn. What
-- label_pairs.sql then does for one. The windows are a JSON array.
WITH windows AS (
    SELECT
        CAST(entry.number AS INTEGER) AS number,
        CAST(CAST(entry.as_of AS VARCHAR(32)) AS TIMESTAMP) AS as_of,
        CAST(CAST(entry.until AS VARCHAR(32)) AS TIMESTAMP) AS until,
        CAST(entry.is_holdout AS BOOLEAN) AS is_holdout,
        CAST(entry.others_per_posting AS INTEGER) AS others_per_posting,
        CAST(entry.negatives_per_positive AS INTEGER) AS negatives_per_positive
    FROM (SELECT JSON_PARSE(CAST(:windows AS VARCHAR(65535))) AS entries) AS given, given.entries AS entry
),

-- include: models/contrasted
,
by_posting AS (
    SELECT number, posting_key, SUM(outcomes) AS outcomes, SUM(positives) AS positives, SUM(others) AS others
    FROM contrasted
    GROUP BY number, posting_key
)

SELECT
    w.is_holdout,
    COUNT(b.posting_key) AS postings,
    COALESCE(SUM(b.outcomes + b.others), 0) AS examples,
    COALESCE(SUM(b.positives), 0) AS positives
FROM windows AS w
LEFT JOIN by_posting AS b ON w.number = b.number
GROUP BY w.is_holdout
ORDER BY w.is_holdout;
