-- What had a user decided with one click? No rows if it was not theirs or is taken back already.
WITH taken_back AS (
    SELECT DISTINCT undoes
    FROM app.decisions
    WHERE undoes = :event_id
)

SELECT d.posting_id, d.candidate_id, d.decision, d.stage, d.shortlist_id, d.view_id, d.rank, d.model_version
FROM app.decisions AS d
LEFT JOIN taken_back AS t ON d.event_id = t.undoes
WHERE d.event_id = :event_id AND d.username = :username AND d.decision <> 'undone' AND t.undoes IS NULL
ORDER BY d.candidate_id;
