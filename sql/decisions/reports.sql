-- What did recruiters report as wrong, with the match it was about, and with which score was it shown? Newest first;
-- what was taken back is left out.
WITH taken_back AS (
    SELECT DISTINCT undoes
    FROM app.decisions
    WHERE decision = 'undone'
)

SELECT
    d.event_id,
    d.decided_at,
    d.username,
    d.decision,
    d.reason,
    d.posting_id,
    p.title,
    d.candidate_id,
    d.rank,
    d.model_version,
    shown.score
FROM app.decisions AS d
LEFT JOIN taken_back AS t ON d.event_id = t.undoes
LEFT JOIN hiring.postings AS p ON d.posting_id = p.posting_id
LEFT JOIN app.list_rows_shown AS shown ON d.view_id = shown.view_id AND d.candidate_id = shown.candidate_id
WHERE d.decision IN ('wrong_reason', 'not_for_posting') AND t.undoes IS NULL
ORDER BY d.decided_at DESC, d.event_id, d.candidate_id
LIMIT :limit;
