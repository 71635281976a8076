-- For how many independent pairs do the pairs of a sample count? Pairs of one posting are alike, those of a feature of
-- the posting alone all the same (Kish's design effect). A list of CTEs to be spliced in (include) after sample_values
-- (feature, posting_key, value). Ends with sample_weights (feature, weight).
sample_totals AS (
    SELECT
        feature,
        CAST(COUNT(*) AS DOUBLE PRECISION) AS pairs,
        CAST(COUNT(DISTINCT posting_key) AS DOUBLE PRECISION) AS postings,
        AVG(CAST(value AS DOUBLE PRECISION)) AS mean,
        VAR_POP(CAST(value AS DOUBLE PRECISION)) AS spread
    FROM sample_values
    GROUP BY feature
),

sample_postings AS (
    SELECT feature, posting_key, COUNT(value) AS pairs, AVG(CAST(value AS DOUBLE PRECISION)) AS mean
    FROM sample_values
    GROUP BY feature, posting_key
),

sample_likeness AS (
    SELECT
        t.feature,
        SUM(p.pairs * (p.mean - t.mean) * (p.mean - t.mean)) / NULLIF(SUM(p.pairs) * MAX(t.spread), 0) AS likeness
    FROM sample_totals AS t
    INNER JOIN sample_postings AS p ON t.feature = p.feature
    GROUP BY t.feature
),

sample_weights AS (
    SELECT
        t.feature,
        t.pairs / (1 + (t.pairs / t.postings - 1) * LEAST(1, COALESCE(l.likeness, 0))) AS weight
    FROM sample_totals AS t
    INNER JOIN sample_likeness AS l ON t.feature = l.feature
)
