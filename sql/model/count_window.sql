-- How many examples would a look back from a moment give? Of each posting opened after it: the candidates with whom
-- something happened, how many of them did well, and how many others would be drawn. What label_pairs.sql then does.
WITH known_candidates AS (
    SELECT candidate_key
    FROM features.events
    WHERE occurred_at < :as_of AND target >= 0.5
    UNION
    SELECT candidate_key
    FROM features.decisions
    WHERE decided_at < :as_of AND target >= 0.5 AND (taken_back_at IS NULL OR taken_back_at >= :as_of)
    UNION
    SELECT candidate_key
    FROM features.candidate_words
),

pool AS (
    SELECT COUNT(*) AS size
    FROM known_candidates
),

happened AS (
    SELECT posting_key, candidate_key, target, occurred_at
    FROM features.events
    UNION ALL
    SELECT posting_key, candidate_key, target, decided_at AS occurred_at
    FROM features.decisions
    WHERE taken_back_at IS NULL AND NOT :is_holdout
),

outcomes AS (
    SELECT e.posting_key, e.candidate_key, MAX(e.target) AS label
    FROM happened AS e
    INNER JOIN features.posting_facts AS p
        ON e.posting_key = p.posting_key AND p.opened_on >= CAST(:as_of AS DATE) AND p.opened_on < :until
    INNER JOIN known_candidates AS k ON e.candidate_key = k.candidate_key
    WHERE e.occurred_at >= :as_of AND e.occurred_at < :until
    GROUP BY e.posting_key, e.candidate_key
),

by_posting AS (
    SELECT
        posting_key,
        COUNT(*) AS outcomes,
        SUM(CASE WHEN label >= 0.5 THEN 1 ELSE 0 END) AS positives,
        CASE
            WHEN :negatives_per_positive > 0
                THEN LEAST(1000, :negatives_per_positive * SUM(CASE WHEN label >= 0.5 THEN 1 ELSE 0 END))
            ELSE LEAST(200, GREATEST(:others_per_posting, COUNT(*) / 2))
        END AS others
    FROM outcomes
    GROUP BY posting_key
    HAVING MAX(label) >= 0.5
)

SELECT
    COUNT(*) AS postings,
    COALESCE(SUM(b.outcomes + LEAST(b.others, pool.size)), 0) AS examples,
    COALESCE(SUM(b.positives), 0) AS positives
FROM by_posting AS b
CROSS JOIN pool;
