-- How are the features and the scores of today's pairs spread, beside those of a version's training? Today's pairs: up
-- to 30 postings opened in the last 60 days (else the latest ones), each with 30 people taken at random (MD5) of those who
-- were put forward before.
WITH postings AS (
    SELECT
        p.posting_key,
        ROW_NUMBER() OVER (
            ORDER BY
                CASE WHEN p.opened_on >= DATEADD(day, -60, CAST(clock.as_of AS DATE)) THEN 0 ELSE 1 END,
                CASE WHEN p.opened_on >= DATEADD(day, -60, CAST(clock.as_of AS DATE))
                    THEN MD5(CAST(p.posting_key AS VARCHAR))
                END,
                p.opened_on DESC,
                p.posting_key
        ) - 1 AS draw
    FROM features.posting_facts AS p
    INNER JOIN features.clock AS clock ON p.opened_on <= CAST(clock.as_of AS DATE)
),

targets AS (
    SELECT posting_key, draw
    FROM postings
    WHERE draw < 30
),

-- include: features/posting_similarity
,
known_candidates AS (
    SELECT DISTINCT candidate_key
    FROM features.history
),

people AS (
    SELECT candidate_key, ROW_NUMBER() OVER (ORDER BY MD5(CAST(candidate_key AS VARCHAR)), candidate_key) - 1 AS draw
    FROM known_candidates
),

sizes AS (
    SELECT COUNT(*) AS postings
    FROM targets
),

outcomes AS (
    SELECT DISTINCT posting_key, candidate_key
    FROM features.events
    WHERE target >= 0.5
),

-- Everybody is drawn once, as long as there are enough people.
pairs AS (
    SELECT t.posting_key, p.candidate_key
    FROM people AS p
    CROSS JOIN sizes
    INNER JOIN targets AS t ON MOD(p.draw, sizes.postings) = t.draw
    LEFT JOIN outcomes AS o ON t.posting_key = o.posting_key AND p.candidate_key = o.candidate_key
    WHERE p.draw < sizes.postings * 30 AND o.posting_key IS NULL
),

-- include: features/shared_by_pairs
,
-- include: features/pair_features
,
scored AS (
    SELECT posting_key, {features}, CAST({score_function}({model_features}) AS REAL) AS score
    FROM pair_features
),

sample_values AS (
    SELECT posting_key, feature, value
    FROM scored UNPIVOT INCLUDE NULLS (value FOR feature IN ({features}, score))
),

-- include: quality/sample_weights
,
bins AS (
    SELECT feature, bin, above, up_to, learned_share, judged_share, judged_weight
    FROM app.feature_bins
    WHERE version = :version
),

counts AS (
    SELECT b.feature, b.bin, CAST(COUNT(*) AS DOUBLE PRECISION) AS pairs
    FROM sample_values AS v
    INNER JOIN bins AS b ON
        v.feature = b.feature
        AND CASE
            WHEN v.value IS NULL THEN b.bin = 0
            ELSE b.bin > 0 AND (b.above IS NULL OR v.value > b.above) AND (b.up_to IS NULL OR v.value <= b.up_to)
        END
    GROUP BY b.feature, b.bin
)

SELECT
    b.feature,
    b.bin,
    b.above,
    b.up_to,
    b.learned_share,
    b.judged_share,
    b.judged_weight,
    COALESCE(c.pairs, 0) / t.pairs AS now_share,
    w.weight AS now_weight,
    t.pairs AS now_pairs,
    t.postings AS now_postings
FROM bins AS b
INNER JOIN sample_totals AS t ON b.feature = t.feature
INNER JOIN sample_weights AS w ON b.feature = w.feature
LEFT JOIN counts AS c ON b.feature = c.feature AND b.bin = c.bin
ORDER BY b.feature, b.bin;
