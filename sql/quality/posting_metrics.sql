-- How well does each scorer rank the candidates of each posting of a holdout? One row per scorer and posting that has
-- somebody relevant. NDCG after Järvelin & Kekäläinen (2002), with relevance 0 or 1. AUC counts a tie half (Mann & Whitney
-- 1947), average precision takes the whole tie as one step, and the reciprocal rank (Voorhees 1999) is its expectation over
-- all orders of the tie.
WITH
-- include: quality/places
,
-- The tie that holds the first relevant candidate: the chance that its first `place - ahead` candidates are not it.
first_ties AS (
    SELECT
        scorer,
        posting_id,
        place,
        tied_relevant / (tied - (place - ahead) + 1) AS chance_here,
        SUM(
            CASE WHEN tied - (place - ahead) + 1 > tied_relevant
                THEN LN((tied - (place - ahead) + 1 - tied_relevant) / (tied - (place - ahead) + 1))
            END
        )
            OVER (PARTITION BY scorer, posting_id ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
        AS log_chance_before
    FROM ties
    WHERE relevant_ahead = 0 AND tied_relevant > 0 AND place - ahead <= tied - tied_relevant + 1
),

reciprocal_ranks AS (
    SELECT scorer, posting_id, SUM(chance_here * EXP(COALESCE(log_chance_before, 0)) / place) AS mrr
    FROM first_ties
    GROUP BY scorer, posting_id
),

by_posting AS (
    SELECT
        scorer,
        posting_id,
        MAX(all_relevant) AS relevant,
        MAX(listed) AS listed,
        SUM(CASE WHEN place <= 5 THEN gain ELSE 0 END) AS hits_at_5,
        SUM(CASE WHEN place <= 10 THEN gain ELSE 0 END) AS hits_at_10,
        SUM(CASE WHEN place <= 20 THEN gain ELSE 0 END) AS hits_at_20,
        SUM(CASE WHEN place <= 50 THEN gain ELSE 0 END) AS hits_at_50,
        SUM(CASE WHEN place <= 5 THEN gain * discount ELSE 0 END)
        / SUM(CASE WHEN place <= LEAST(5, all_relevant) THEN discount ELSE 0 END) AS ndcg_at_5,
        SUM(CASE WHEN place <= 10 THEN gain * discount ELSE 0 END)
        / SUM(CASE WHEN place <= LEAST(10, all_relevant) THEN discount ELSE 0 END) AS ndcg_at_10,
        SUM(CASE WHEN place <= 20 THEN gain * discount ELSE 0 END)
        / SUM(CASE WHEN place <= LEAST(20, all_relevant) THEN discount ELSE 0 END) AS ndcg_at_20,
        SUM(gain * (relevant_ahead + tied_relevant) / (ahead + tied)) / MAX(all_relevant) AS average_precision,
        -- For each relevant one: those others that come after it, and half of those that share its place.
        SUM(gain * (listed - all_relevant - (ahead - relevant_ahead) - (tied - tied_relevant) / 2))
        / NULLIF(MAX(all_relevant) * (MAX(listed) - MAX(all_relevant)), 0) AS auc
    FROM ties
    GROUP BY scorer, posting_id
)

SELECT
    b.scorer,
    b.posting_id,
    b.ndcg_at_5,
    b.ndcg_at_10,
    b.ndcg_at_20,
    r.mrr,
    b.hits_at_5 / b.relevant AS recall_at_5,
    b.hits_at_10 / b.relevant AS recall_at_10,
    b.hits_at_20 / b.relevant AS recall_at_20,
    b.hits_at_50 / b.relevant AS recall_at_50,
    b.hits_at_5 / LEAST(5, b.listed) AS precision_at_5,
    b.hits_at_10 / LEAST(10, b.listed) AS precision_at_10,
    b.hits_at_20 / LEAST(20, b.listed) AS precision_at_20,
    b.auc,
    b.average_precision
FROM by_posting AS b
INNER JOIN reciprocal_ranks AS r ON b.scorer = r.scorer AND b.posting_id = r.posting_id
ORDER BY b.scorer, b.posting_id;
