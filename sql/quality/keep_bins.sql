-- Keeps how the features of a training's examples are spread, for later comparison. Of at most 10,000 pairs learned
-- from and 10,000 held out, all without an outcome; which ones, MD5 draws. Held out ones of people with a history only:
-- how many newcomers there are among the examples is up to who came, and cannot be drawn again. Once for a version.
INSERT INTO app.feature_bins (version, feature, bin, above, up_to, learned_share, judged_share, judged_weight)
WITH drawn AS (
    SELECT
        e.*,
        ROW_NUMBER() OVER (
            PARTITION BY e.is_holdout
            ORDER BY MD5(CAST(e.posting_key AS VARCHAR) || '/' || CAST(e.candidate_key AS VARCHAR)), e.cutoff
        ) AS draw
    FROM training.examples AS e
    WHERE e.label < 0.5 AND (NOT e.is_holdout OR e.times_put_forward > 0)
),

pairs AS (
    SELECT is_holdout, posting_key, {features}
    FROM drawn
    WHERE draw <= 10000
),

feature_values AS (
    SELECT is_holdout, posting_key, feature, value
    FROM pairs UNPIVOT INCLUDE NULLS (value FOR feature IN ({features}))
),

tenths AS (
    SELECT feature, value, NTILE(10) OVER (PARTITION BY feature ORDER BY value) AS tenth
    FROM feature_values
    WHERE NOT is_holdout AND value IS NOT NULL
),

edges AS (
    SELECT DISTINCT feature, edge
    FROM (SELECT feature, tenth, MAX(value) AS edge FROM tenths GROUP BY feature, tenth) AS tops
),

ordered_edges AS (
    SELECT
        feature,
        edge,
        LAG(edge) OVER (PARTITION BY feature ORDER BY edge) AS edge_before,
        ROW_NUMBER() OVER (PARTITION BY feature ORDER BY edge) AS bin,
        COUNT(*) OVER (PARTITION BY feature) AS bins
    FROM edges
),

bins AS (
    SELECT feature, bin, edge_before AS above, CASE WHEN bin < bins THEN edge END AS up_to
    FROM ordered_edges
    UNION ALL
    SELECT DISTINCT feature, 0 AS bin, CAST(NULL AS DOUBLE PRECISION) AS above, CAST(NULL AS DOUBLE PRECISION) AS up_to
    FROM feature_values
),

counts AS (
    SELECT b.feature, b.bin, v.is_holdout, COUNT(*) AS pairs
    FROM feature_values AS v
    INNER JOIN bins AS b ON
        v.feature = b.feature
        AND CASE
            WHEN v.value IS NULL THEN b.bin = 0
            ELSE b.bin > 0 AND (b.above IS NULL OR v.value > b.above) AND (b.up_to IS NULL OR v.value <= b.up_to)
        END
    GROUP BY b.feature, b.bin, v.is_holdout
),

totals AS (
    SELECT
        CAST(SUM(CASE WHEN is_holdout THEN 0 ELSE 1 END) AS DOUBLE PRECISION) AS learned,
        CAST(SUM(CASE WHEN is_holdout THEN 1 ELSE 0 END) AS DOUBLE PRECISION) AS judged
    FROM pairs
),

sample_values AS (
    SELECT feature, posting_key, value
    FROM feature_values
    WHERE is_holdout
),

-- include: quality/sample_weights
,
kept AS (
    SELECT COUNT(*) AS bins
    FROM app.feature_bins
    WHERE version = :version AND feature <> 'score'
)

SELECT
    CAST(:version AS INTEGER) AS version,
    b.feature,
    b.bin,
    b.above,
    b.up_to,
    COALESCE(learned.pairs, 0) / totals.learned AS learned_share,
    CASE WHEN totals.judged > 0 THEN COALESCE(judged.pairs, 0) / totals.judged ELSE COALESCE(learned.pairs, 0) / totals.learned END
    AS judged_share,
    COALESCE(w.weight, 0) AS judged_weight
FROM bins AS b
CROSS JOIN totals
CROSS JOIN kept
LEFT JOIN counts AS learned ON b.feature = learned.feature AND b.bin = learned.bin AND NOT learned.is_holdout
LEFT JOIN counts AS judged ON b.feature = judged.feature AND b.bin = judged.bin AND judged.is_holdout
LEFT JOIN sample_weights AS w ON b.feature = w.feature
WHERE totals.learned > 0 AND kept.bins = 0;
