-- How many examples would looks back from some moments give? Of each posting opened after such a moment: the candidates
-- with whom something happened, how many of them did well, and how many others would be drawn. What label_pairs.sql then
-- does for one. The windows are a JSON array.
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

described AS (
    SELECT DISTINCT candidate_key
    FROM features.candidate_words
),

known_candidates AS (
    SELECT w.number, e.candidate_key
    FROM windows AS w
    INNER JOIN features.events AS e ON e.occurred_at < w.as_of AND e.target >= 0.5
    UNION
    SELECT w.number, d.candidate_key
    FROM windows AS w
    INNER JOIN features.decisions AS d
        ON d.decided_at < w.as_of AND d.target >= 0.5 AND (d.taken_back_at IS NULL OR d.taken_back_at >= w.as_of)
    UNION
    SELECT w.number, t.candidate_key
    FROM windows AS w
    CROSS JOIN described AS t
),

pools AS (
    SELECT number, COUNT(*) AS size
    FROM known_candidates
    GROUP BY number
),

-- include: models/happened
,
outcomes AS (
    SELECT w.number, h.posting_key, h.candidate_key, MAX(h.target) AS label
    FROM windows AS w
    INNER JOIN happened AS h
        ON h.occurred_at >= w.as_of AND h.occurred_at < w.until AND (NOT w.is_holdout OR NOT h.is_decision)
    INNER JOIN features.posting_facts AS p
        ON h.posting_key = p.posting_key AND p.opened_on >= CAST(w.as_of AS DATE) AND p.opened_on < w.until
    INNER JOIN known_candidates AS k ON w.number = k.number AND h.candidate_key = k.candidate_key
    GROUP BY w.number, h.posting_key, h.candidate_key
),

by_posting AS (
    SELECT
        w.number,
        o.posting_key,
        COUNT(*) AS outcomes,
        SUM(CASE WHEN o.label >= 0.5 THEN 1 ELSE 0 END) AS positives,
        CASE
            WHEN MAX(w.negatives_per_positive) > 0
                THEN LEAST(1000, MAX(w.negatives_per_positive) * SUM(CASE WHEN o.label >= 0.5 THEN 1 ELSE 0 END))
            ELSE LEAST(200, GREATEST(MAX(w.others_per_posting), COUNT(*) / 2))
        END AS others
    FROM outcomes AS o
    INNER JOIN windows AS w ON o.number = w.number
    GROUP BY w.number, o.posting_key
    HAVING MAX(o.label) >= 0.5
)

SELECT
    w.is_holdout,
    COUNT(b.posting_key) AS postings,
    COALESCE(SUM(b.outcomes + LEAST(b.others, p.size)), 0) AS examples,
    COALESCE(SUM(b.positives), 0) AS positives
FROM windows AS w
LEFT JOIN pools AS p ON w.number = p.number
LEFT JOIN by_posting AS b ON w.number = b.number
GROUP BY w.is_holdout
ORDER BY w.is_holdout;
