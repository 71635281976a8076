-- Keeps how a version's scores of the pairs held out are spread, for later comparison: in tenths of the pairs, of those
-- without an outcome whose candidate had been put forward before. Once for a version.
INSERT INTO app.feature_bins (version, feature, bin, above, up_to, learned_share, judged_share, judged_weight)
WITH sample_values AS (
    SELECT CAST('score' AS VARCHAR(127)) AS feature, s.posting_id AS posting_key, s.score AS value
    FROM app.holdout_scores AS s
    INNER JOIN app.holdout_scores AS put_forward
        ON
            s.judged_for = put_forward.judged_for
            AND s.posting_id = put_forward.posting_id
            AND s.candidate_id = put_forward.candidate_id
            AND put_forward.scorer = 'popularity'
            AND put_forward.score > 0
    WHERE s.judged_for = :version AND s.scorer = :scorer AND s.label < 0.5 AND s.score IS NOT NULL
),

-- include: quality/sample_weights
,
tenths AS (
    SELECT value, NTILE(10) OVER (ORDER BY value) AS tenth
    FROM sample_values
),

edges AS (
    SELECT DISTINCT edge
    FROM (SELECT tenth, MAX(value) AS edge FROM tenths GROUP BY tenth) AS tops
),

ordered_edges AS (
    SELECT
        edge,
        LAG(edge) OVER (ORDER BY edge) AS edge_before,
        ROW_NUMBER() OVER (ORDER BY edge) AS bin,
        COUNT(*) OVER () AS bins
    FROM edges
),

counts AS (
    SELECT e.bin, CAST(COUNT(*) AS DOUBLE PRECISION) AS pairs
    FROM sample_values AS v
    INNER JOIN ordered_edges AS e ON (e.edge_before IS NULL OR v.value > e.edge_before) AND v.value <= e.edge
    GROUP BY e.bin
),

kept AS (
    SELECT COUNT(*) AS bins
    FROM app.feature_bins
    WHERE version = :version AND feature = 'score'
)

SELECT
    CAST(:version AS INTEGER) AS version,
    w.feature,
    e.bin,
    e.edge_before AS above,
    CASE WHEN e.bin < e.bins THEN e.edge END AS up_to,
    c.pairs / t.pairs AS learned_share,
    c.pairs / t.pairs AS judged_share,
    w.weight AS judged_weight
FROM ordered_edges AS e
INNER JOIN counts AS c ON e.bin = c.bin
CROSS JOIN sample_totals AS t
CROSS JOIN sample_weights AS w
CROSS JOIN kept
WHERE kept.bins = 0;
