-- How good is a model version on the holdout, and how good is plain text similarity on the same rows? Per posting,
-- then averaged: AUC (Mann-Whitney, ties count half), MRR, NDCG@10 with binary relevance (Järvelin & Kekäläinen 2002),
-- and recall@10 against the most that ten places can hold. A row is relevant from label 0.5 up. Rows of the same score
-- share their places: each counts as the mean of them (McSherry & Najork 2008); for MRR their order is drawn by MD5.
INSERT INTO app.model_metrics (judged_for, scorer, metric, value, postings, measured_at)
WITH scores AS (
    SELECT :scorer AS scorer, posting_key, candidate_key, label >= 0.5 AS relevant, {score_function}({features}) AS score
    FROM training.examples
    WHERE is_holdout
    UNION ALL
    SELECT
        'text similarity' AS scorer,
        posting_key,
        candidate_key,
        label >= 0.5 AS relevant,
        COALESCE(total_similarity, 0) + COALESCE(own_similarity, 0) AS score
    FROM training.examples
    WHERE is_holdout
),

positions AS (
    SELECT
        scorer,
        posting_key,
        relevant,
        AVG(CAST(CASE WHEN relevant THEN 1 ELSE 0 END AS DOUBLE PRECISION))
            OVER (PARTITION BY scorer, posting_key, score) AS gain,
        ROW_NUMBER() OVER (
            PARTITION BY scorer, posting_key ORDER BY score DESC, MD5(CAST(candidate_key AS VARCHAR))
        ) AS position,
        RANK() OVER (PARTITION BY scorer, posting_key ORDER BY score)
        + (COUNT(*) OVER (PARTITION BY scorer, posting_key, score) - 1) / CAST(2 AS DOUBLE PRECISION) AS midrank
    FROM scores
),

by_posting AS (
    SELECT
        scorer,
        posting_key,
        CAST(SUM(CASE WHEN relevant THEN 1 ELSE 0 END) AS DOUBLE PRECISION) AS relevant_count,
        CAST(SUM(CASE WHEN relevant THEN 0 ELSE 1 END) AS DOUBLE PRECISION) AS other_count,
        SUM(CASE WHEN relevant THEN midrank ELSE 0 END) AS relevant_midranks,
        MIN(CASE WHEN relevant THEN position END) AS first_hit,
        SUM(CASE WHEN position <= 10 THEN gain ELSE 0 END) AS hits_at_10,
        SUM(CASE WHEN position <= 10 THEN gain * LN(2) / LN(position + 1) ELSE 0 END) AS dcg_at_10
    FROM positions
    GROUP BY scorer, posting_key
),

-- The best that any order could get: all relevant ones on top.
places AS (
    SELECT DISTINCT position
    FROM positions
    WHERE position <= 10
),

ideals AS (
    SELECT b.scorer, b.posting_key, SUM(LN(2) / LN(p.position + 1)) AS ideal_dcg_at_10
    FROM by_posting AS b
    INNER JOIN places AS p ON b.relevant_count >= p.position
    GROUP BY b.scorer, b.posting_key
),

means AS (
    SELECT
        b.scorer,
        COUNT(*) AS postings,
        AVG(
            (b.relevant_midranks - b.relevant_count * (b.relevant_count + 1) / 2)
            / NULLIF(b.relevant_count * b.other_count, 0)
        ) AS auc,
        AVG(1 / CAST(b.first_hit AS DOUBLE PRECISION)) AS mrr,
        AVG(b.dcg_at_10 / i.ideal_dcg_at_10) AS ndcg_at_10,
        AVG(b.hits_at_10 / LEAST(10, b.relevant_count)) AS recall_at_10
    FROM by_posting AS b
    INNER JOIN ideals AS i ON b.scorer = i.scorer AND b.posting_key = i.posting_key
    WHERE b.relevant_count > 0
    GROUP BY b.scorer
),

listed AS (
    SELECT scorer, 'auc' AS metric, auc AS value, postings
    FROM means
    UNION ALL
    SELECT scorer, 'mrr' AS metric, mrr AS value, postings
    FROM means
    UNION ALL
    SELECT scorer, 'ndcg_at_10' AS metric, ndcg_at_10 AS value, postings
    FROM means
    UNION ALL
    SELECT scorer, 'recall_at_10' AS metric, recall_at_10 AS value, postings
    FROM means
)

SELECT :version AS judged_for, scorer, metric, value, postings, SYSDATE AS measured_at
FROM listed;
