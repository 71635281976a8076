-- For which postings and candidates does a version rank well? Per kind and posting: the share of the other candidates that
-- a relevant one is placed above (AUC), and how many of the relevant ones there are and are among the first ten.
WITH
-- include: quality/places
,
hits AS (
    SELECT
        t.posting_id,
        t.candidate_id,
        (t.listed - t.all_relevant - (t.ahead - t.relevant_ahead) - (t.tied - t.tied_relevant) / 2)
        / NULLIF(t.listed - t.all_relevant, 0) AS placed_above,
        LEAST(1, GREATEST(0, (10 - t.ahead) / CAST(t.tied AS DOUBLE PRECISION))) AS in_first_ten
    FROM ties AS t
    WHERE t.scorer = :scorer AND t.relevant = 1
),

known AS (
    SELECT DISTINCT i.candidate_id
    FROM hiring.interactions AS i
    INNER JOIN app.model_versions AS v ON v.version = :judged_for AND i.occurred_at < v.holdout_from
),

kinds AS (
    SELECT 'area' AS kind, p.posting_id, p.area AS value
    FROM hiring.postings AS p
    UNION ALL
    SELECT 'place' AS kind, p.posting_id, COALESCE(p.region, p.city, p.country) AS value
    FROM hiring.postings AS p
    UNION ALL
    SELECT 'seniority' AS kind, p.posting_id, p.seniority AS value
    FROM hiring.postings AS p
    UNION ALL
    SELECT 'language' AS kind, p.posting_id, k.label AS value
    FROM features.posting_facts AS p
    INNER JOIN features.requirements AS l ON p.posting_key = l.posting_key AND NOT l.is_skill
    INNER JOIN features.value_keys AS k ON l.value_key = k.value_key
),

segment_hits AS (
    SELECT k.kind, k.value, h.posting_id, h.candidate_id, h.placed_above, h.in_first_ten
    FROM hits AS h
    INNER JOIN kinds AS k ON h.posting_id = k.posting_id
    WHERE k.value IS NOT NULL
    UNION ALL
    SELECT
        'candidate' AS kind,
        CASE WHEN known.candidate_id IS NULL THEN 'new' ELSE 'known' END AS value,
        h.posting_id,
        h.candidate_id,
        h.placed_above,
        h.in_first_ten
    FROM hits AS h
    LEFT JOIN known ON h.candidate_id = known.candidate_id
)

SELECT
    kind,
    value,
    posting_id,
    COUNT(*) AS relevant,
    AVG(placed_above) AS auc,
    SUM(in_first_ten) AS found
FROM segment_hits
GROUP BY kind, value, posting_id
ORDER BY kind, value, posting_id;
