-- What came to pass after the cut-off? For every posting to which somebody came in the window after it, the candidates with
-- whom something happened (label = the furthest stage's target), and others taken at random (label 0).
-- Random, but the same for the same data: positions come from MD5.
DELETE FROM training.labelled_pairs;

INSERT INTO training.labelled_pairs (posting_key, candidate_key, label)
WITH windows AS (
    SELECT
        1 AS number,
        clock.as_of,
        CAST(:until AS TIMESTAMP) AS until,
        CAST(:is_holdout AS BOOLEAN) AS is_holdout,
        CAST(:others_per_posting AS INTEGER) AS others_per_posting,
        CAST(:negatives_per_positive AS INTEGER) AS negatives_per_positive
    FROM training.clock AS clock
),

-- include: models/contrasted
,
targets AS (
    SELECT
        posting_key,
        is_newcomer,
        others,
        others + already_on AS block,
        STRTOL(SUBSTRING(MD5(CAST(posting_key AS VARCHAR) || '/' || CAST(:seed AS VARCHAR(64))), 1, 8), 16) AS draw
    FROM contrasted
    WHERE others > 0
),

shuffled AS (
    SELECT
        candidate_key,
        is_newcomer,
        ROW_NUMBER() OVER (
            PARTITION BY is_newcomer ORDER BY MD5(CAST(candidate_key AS VARCHAR) || '/' || CAST(:seed AS VARCHAR(64)))
        ) - 1 AS position
    FROM known_candidates
),

-- Twice around, so that a block may run over the end.
ring AS (
    SELECT s.candidate_key, s.is_newcomer, s.position
    FROM shuffled AS s
    UNION ALL
    SELECT s.candidate_key, s.is_newcomer, s.position + p.size AS position
    FROM shuffled AS s
    INNER JOIN pools AS p ON s.is_newcomer = p.is_newcomer
),

-- A block is as long as is wanted, and longer by those who are on the posting: so many are left whoever is in it.
drawn AS (
    SELECT
        t.posting_key,
        r.candidate_key,
        t.others,
        ROW_NUMBER() OVER (PARTITION BY t.posting_key, t.is_newcomer ORDER BY r.position) AS place
    FROM targets AS t
    INNER JOIN pools AS p ON t.is_newcomer = p.is_newcomer
    INNER JOIN ring AS r
        ON
            t.is_newcomer = r.is_newcomer
            AND r.position >= MOD(t.draw, p.size)
            AND r.position < MOD(t.draw, p.size) + LEAST(t.block, p.size)
    LEFT JOIN on_posting AS o ON t.posting_key = o.posting_key AND r.candidate_key = o.candidate_key
    WHERE o.candidate_key IS NULL
)

SELECT o.posting_key, o.candidate_key, o.label
FROM on_posting AS o
INNER JOIN contrasted AS c ON o.posting_key = c.posting_key AND o.is_newcomer = c.is_newcomer
WHERE o.label IS NOT NULL
UNION ALL
SELECT posting_key, candidate_key, 0.0 AS label
FROM drawn
WHERE place <= others;
