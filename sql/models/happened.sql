-- With whom did something happen on which posting, by the company's record or by a decision in the app? A CTE to be spliced
-- in (include). What was decided in the app is learnt from, never judged on: who is shown there is the model's own choice.
-- taken_back_at is when a decision was taken back; NULL if it stands, and for what is on record.
happened AS (
    SELECT
        posting_key,
        candidate_key,
        target,
        occurred_at,
        FALSE AS is_decision,
        CAST(NULL AS TIMESTAMP) AS taken_back_at
    FROM features.events
    UNION ALL
    SELECT posting_key, candidate_key, target, decided_at AS occurred_at, TRUE AS is_decision, taken_back_at
    FROM features.decisions
)
