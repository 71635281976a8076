-- Who is at work on the next step of a version, and how far are they? Nobody who was silent for so many minutes.
WITH ranked_claims AS (
    SELECT
        claim_id,
        event,
        claimed_by,
        progress,
        occurred_at,
        ROW_NUMBER() OVER (
            PARTITION BY claim_id ORDER BY occurred_at DESC, CASE WHEN event = 'released' THEN 1 ELSE 0 END DESC
        ) AS recency
    FROM app.model_claims
    WHERE version = :version
)

SELECT claim_id, claimed_by, progress, occurred_at
FROM ranked_claims
WHERE recency = 1 AND event <> 'released' AND occurred_at > DATEADD(MINUTE, -CAST(:minutes AS INTEGER), SYSDATE)
ORDER BY occurred_at;
