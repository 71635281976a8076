-- What came to pass after the cut-off? For every posting opened in the window after it, the candidates with
-- whom something happened (label = the furthest stage's target), and others taken at random (label 0).
-- Random, but the same for the same data: positions come from MD5.
DELETE FROM training.labelled_pairs;

INSERT INTO training.labelled_pairs (posting_key, candidate_key, label)
WITH known_candidates AS (
    SELECT candidate_key
    FROM training.history
    UNION
    SELECT candidate_key
    FROM features.candidate_words
),

-- include: models/happened
,
outcomes AS (
    SELECT e.posting_key, e.candidate_key, MAX(e.target) AS label
    FROM happened AS e
    INNER JOIN training.clock AS clock
        ON e.occurred_at >= clock.as_of AND e.occurred_at < :until AND (NOT :is_holdout OR NOT e.is_decision)
    INNER JOIN features.posting_facts AS p
        ON e.posting_key = p.posting_key AND p.opened_on >= CAST(clock.as_of AS DATE) AND p.opened_on < :until
    INNER JOIN known_candidates AS k ON e.candidate_key = k.candidate_key
    GROUP BY e.posting_key, e.candidate_key
),

targets AS (
    SELECT
        posting_key,
        CASE
            WHEN :negatives_per_positive > 0
                THEN LEAST(1000, :negatives_per_positive * SUM(CASE WHEN label >= 0.5 THEN 1 ELSE 0 END))
            ELSE LEAST(200, GREATEST(CAST(:others_per_posting AS INTEGER), COUNT(*) / 2))
        END AS others,
        STRTOL(SUBSTRING(MD5(CAST(posting_key AS VARCHAR) || '/' || CAST(:seed AS VARCHAR(64))), 1, 8), 16) AS draw
    FROM outcomes
    GROUP BY posting_key
    HAVING MAX(label) >= 0.5
),

shuffled AS (
    SELECT candidate_key, ROW_NUMBER() OVER (ORDER BY MD5(CAST(candidate_key AS VARCHAR) || '/' || CAST(:seed AS VARCHAR(64)))) - 1 AS position
    FROM known_candidates
),

pool AS (
    SELECT COUNT(*) AS size
    FROM shuffled
),

-- Twice around, so that a block may run over the end.
ring AS (
    SELECT s.candidate_key, s.position
    FROM shuffled AS s
    UNION ALL
    SELECT s.candidate_key, s.position + pool.size AS position
    FROM shuffled AS s
    CROSS JOIN pool
),

others AS (
    SELECT DISTINCT t.posting_key, r.candidate_key
    FROM targets AS t
    CROSS JOIN pool
    INNER JOIN ring AS r
        ON r.position >= MOD(t.draw, pool.size) AND r.position < MOD(t.draw, pool.size) + LEAST(t.others, pool.size)
)

SELECT o.posting_key, o.candidate_key, o.label
FROM outcomes AS o
INNER JOIN targets AS t ON o.posting_key = t.posting_key
UNION ALL
SELECT others.posting_key, others.candidate_key, 0.0 AS label
FROM others
LEFT JOIN outcomes AS o ON others.posting_key = o.posting_key AND others.candidate_key = o.candidate_key
WHERE o.candidate_key IS NULL;
