-- Which scores did a version give to candidates, by how far they then got? Counts per twentieth of the score.
WITH stages AS (
    SELECT target, MIN(stage) AS stage
    FROM hiring.stages
    GROUP BY target
)

SELECT
    h.label,
    s.stage,
    LEAST(GREATEST(CAST(FLOOR(h.score * 20) AS INTEGER), 0), 19) AS twentieth,
    COUNT(*) AS candidates
FROM app.holdout_scores AS h
LEFT JOIN stages AS s ON h.label = s.target
WHERE h.judged_for = :judged_for AND h.scorer = :scorer AND h.score IS NOT NULL
GROUP BY h.label, s.stage, LEAST(GREATEST(CAST(FLOOR(h.score * 20) AS INTEGER), 0), 19)
ORDER BY h.label, twentieth;
