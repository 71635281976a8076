-- What did recruiters report as wrong, with the match it was about, and with which score was it shown? Newest first;
-- what was taken back is left out, and what they say is masked in a blind review.
WITH taken_back AS (
    SELECT DISTINCT undoes
    FROM app.decisions
    WHERE decision = 'undone'
),

latest_reports AS (
    SELECT d.*
    FROM app.decisions AS d
    LEFT JOIN taken_back AS t ON d.event_id = t.undoes
    WHERE d.decision IN ('wrong_reason', 'not_for_posting') AND t.undoes IS NULL
    ORDER BY d.decided_at DESC, d.event_id, d.candidate_id
    LIMIT :limit
),

texts_to_mask AS (
    SELECT candidate_id, event_id AS kind, reason AS body
    FROM latest_reports
    WHERE :blind
),

-- include: access/blind_review/masked_texts

SELECT
    d.event_id,
    d.decided_at,
    d.username,
    d.decision,
    CASE WHEN :blind THEN m.body ELSE d.reason END AS reason,
    d.posting_id,
    p.title,
    d.candidate_id,
    d.rank,
    d.model_version,
    shown.score
FROM latest_reports AS d
LEFT JOIN masked_texts AS m ON d.event_id = m.kind AND d.candidate_id = m.candidate_id
LEFT JOIN hiring.postings AS p ON d.posting_id = p.posting_id
LEFT JOIN app.list_rows_shown AS shown ON d.view_id = shown.view_id AND d.candidate_id = shown.candidate_id
ORDER BY d.decided_at DESC, d.event_id, d.candidate_id;
